// Frames: a 4-byte big-endian length, then one protobuf message. docs/protocol.md, "Framing".
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

const PROTO = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../../protocol/src/main/protobuf/assent/v1/frames.proto',
);

const root = protobuf.loadSync(process.env.ASSENT_PROTO ?? PROTO);
const DeviceFrame = root.lookupType('assent.v1.DeviceFrame');
const GatewayFrame = root.lookupType('assent.v1.GatewayFrame');

export const reasons = root.lookupEnum('assent.v1.Reason').values;

export const FIRST_FRAME_BYTES_MAX = 1024;
export const FRAME_BYTES_MAX = 32768;

/** The peer sent bytes that are no frame, or nothing that this client could take. */
export class Violation extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

/** The bytes of one device frame, e.g. encode('ping', { token: 7 }). */
export function encode(type, fields) {
  return encodeAs(DeviceFrame, type, fields);
}

/** For tests, which play the gateway. */
export function encodeGateway(type, fields) {
  return encodeAs(GatewayFrame, type, fields);
}

function encodeAs(kind, type, fields) {
  const message = kind.encode(kind.fromObject({ [type]: fields })).finish();
  const framed = Buffer.alloc(4 + message.length);
  framed.writeUInt32BE(message.length);
  framed.set(message, 4);
  return framed;
}

/** One gateway frame without its length: { type: 'welcome', fields: { … } }. 64-bit numbers are decimal text. */
export function decode(message) {
  return decodeAs(GatewayFrame, message);
}

/** For tests, which play the gateway. */
export function decodeDevice(message) {
  return decodeAs(DeviceFrame, message);
}

function decodeAs(kind, message) {
  let frame;
  try {
    frame = kind.toObject(kind.decode(message), { longs: String, enums: String, bytes: Buffer, oneofs: true });
  } catch {
    throw new Violation('FRAME_MALFORMED', 'not a protobuf message of this protocol');
  }
  if (!frame.frame) {
    throw new Violation('FRAME_MALFORMED', 'a frame of no known type');
  }
  return { type: frame.frame, fields: frame[frame.frame] };
}

/** Cuts a stream into messages, however its segments fall. A length is checked before its bytes are kept. */
export class Cutter {
  #kept = Buffer.alloc(0);
  #broken = false;

  constructor(frameBytesMax = FRAME_BYTES_MAX) {
    this.frameBytesMax = frameBytesMax;
  }

  /** The messages that this segment completes. */
  *cut(segment) {
    if (this.#broken) {
      return;
    }
    this.#kept = this.#kept.length === 0 ? segment : Buffer.concat([this.#kept, segment]);
    while (this.#kept.length >= 4) {
      const length = this.#kept.readUInt32BE();
      if (length === 0 || length > this.frameBytesMax) {
        this.#broken = true;
        this.#kept = Buffer.alloc(0);
        throw new Violation('FRAME_TOO_LARGE', `a frame was declared that is not 1 to ${this.frameBytesMax} bytes long`);
      }
      if (this.#kept.length < 4 + length) {
        return;
      }
      const message = this.#kept.subarray(4, 4 + length);
      this.#kept = this.#kept.subarray(4 + length);
      yield message;
    }
  }
}
