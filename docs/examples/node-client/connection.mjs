// One TLS connection to a gateway: frames out, answers in. docs/protocol.md, "Transport" to "Gateway frames".
import { EventEmitter } from 'node:events';
import tls from 'node:tls';
import { Cutter, decode, encode, FIRST_FRAME_BYTES_MAX, Violation } from './framing.mjs';
import { sha256 } from './signatures.mjs';

const CONNECT_MILLIS_MAX = 10_000;

// Frames that come by themselves; every other one answers the one request that is open.
const UNASKED = new Set(['deliver', 'sendResult', 'deliveryReceipt']);

/** The gateway refused a step; the connection stays. */
export class Refused extends Error {
  constructor(type, fields) {
    const reason = nameOf(fields.reason);
    const after = Number(fields.retryAfterMillis ?? 0);
    super(`${type}: ${reason}${after > 0 ? `; try again in ${after} ms` : ''}`);
    Object.assign(this, { type, reason, retryAfterMillis: after, triesLeft: fields.triesLeft ?? 0 });
  }
}

/** The connection ended; `reason` is that of the Goodbye, if there was one. */
export class Closed extends Error {
  constructor(goodbye, cause) {
    const reason = goodbye ? nameOf(goodbye.reason) : undefined;
    super(reason ? `the gateway said goodbye: ${reason}` : 'the connection was lost', { cause });
    Object.assign(this, { reason, retryAfterMillis: Number(goodbye?.retryAfterMillis ?? 0) });
  }
}

function nameOf(reason) {
  return typeof reason === 'string' ? reason.replace(/^REASON_/, '') : `reason ${reason ?? 0}`;
}

/** Emits 'deliver', 'sendResult', 'deliveryReceipt' with their fields, and 'closed' with a Closed. */
export class Connection extends EventEmitter {
  #socket;
  #cutter = new Cutter();
  #answers = [];
  #waiting = null;
  #goodbye;
  #closed;
  #lastHeard = Date.now();
  #heartbeat;

  /**
   * Connects, checks the certificate, says Hello. Give either `fingerprint` (SHA-256 of the certificate, hexadecimal)
   * or `ca` (PEM of a root); with neither, Node's own roots decide.
   */
  static async open({ host, port, fingerprint, ca, clientVersion = 'node-example/0.1', locale = 'en' }) {
    const connection = new Connection();
    await connection.#connect({ host, port, fingerprint, ca });
    connection.welcome = (await connection.request('hello', { protocolVersion: 1, clientVersion, locale }, 'welcome')).fields;
    connection.#cutter.frameBytesMax = connection.welcome.frameBytesMax;
    connection.#startHeartbeat(connection.welcome.heartbeatMillis);
    return connection;
  }

  async #connect({ host, port, fingerprint, ca }) {
    this.#cutter.frameBytesMax = FIRST_FRAME_BYTES_MAX;
    const socket = tls.connect({
      host, port, ca, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', rejectUnauthorized: fingerprint === undefined,
    });
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setTimeout(CONNECT_MILLIS_MAX, () => socket.destroy(new Error('no answer from the gateway within 10 s')));
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    socket.setTimeout(0);
    this.certificate = socket.getPeerCertificate().raw;
    if (fingerprint !== undefined && sha256(this.certificate).toString('hex') !== plainHex(fingerprint)) {
      socket.destroy();
      throw new Error("the gateway's certificate has another SHA-256 fingerprint than expected: do not go on");
    }
    socket.on('data', (segment) => this.#receive(segment));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end());
  }

  /** Sends a frame that needs no answer, or whose answer is an event. */
  send(type, fields) {
    if (this.#closed) {
      throw this.#closed;
    }
    this.#socket.write(encode(type, fields));
  }

  /** Sends a frame and waits for its one answer, which must be of a type in `expected`. */
  async request(type, fields, ...expected) {
    this.send(type, fields);
    return this.answer(...expected);
  }

  /** Waits for the next answer. */
  async answer(...expected) {
    const { type, fields } = await new Promise((resolve, reject) => {
      if (this.#answers.length > 0) {
        resolve(this.#answers.shift());
      } else if (this.#closed) {
        reject(this.#closed);
      } else if (this.#waiting) {
        reject(new Error('one request at a time in the handshake'));
      } else {
        this.#waiting = { resolve, reject };
      }
    });
    if (type === 'refused' || type === 'activationClosed') {
      throw new Refused(type, fields);
    }
    if (!expected.includes(type)) {
      throw new Violation('FRAME_UNEXPECTED', `expected ${expected.join(' or ')}, not ${type}`);
    }
    return { type, fields };
  }

  get isClosed() {
    return this.#closed !== undefined;
  }

  async close() {
    this.#socket.end();
    if (!this.#closed) {
      await new Promise((resolve) => this.once('closed', resolve));
    }
  }

  /** Resolves when the connection has ended, with its Closed. */
  async ended() {
    return this.#closed ?? new Promise((resolve) => this.once('closed', resolve));
  }

  #receive(segment) {
    this.#lastHeard = Date.now();
    try {
      for (const message of this.#cutter.cut(segment)) {
        this.#take(decode(message));
      }
    } catch (violation) {
      this.#socket.destroy(violation);
    }
  }

  #take({ type, fields }) {
    if (type === 'ping') {
      this.send('pong', { token: fields.token ?? 0 });
    } else if (type === 'goodbye') {
      this.#goodbye = fields;
    } else if (UNASKED.has(type)) {
      this.emit(type, fields);
    } else if (type !== 'pong') {
      const waiting = this.#waiting;
      this.#waiting = null;
      waiting ? waiting.resolve({ type, fields }) : this.#answers.push({ type, fields });
    }
  }

  #startHeartbeat(millis) {
    this.#heartbeat = setInterval(() => {
      const silence = Date.now() - this.#lastHeard;
      if (silence > 3 * millis) {
        this.#socket.destroy(new Error('nothing was heard for three heartbeats'));
      } else if (silence > millis) {
        this.send('ping', { token: 1 });
      }
    }, millis / 2);
  }

  #end(cause) {
    if (!this.#closed) {
      clearInterval(this.#heartbeat);
      this.#closed = new Closed(this.#goodbye, cause);
      this.#waiting?.reject(this.#closed);
      this.emit('closed', this.#closed);
    }
  }
}

function plainHex(fingerprint) {
  return fingerprint.replace(/^sha-?256[:=]/i, '').replaceAll(':', '').toLowerCase();
}
