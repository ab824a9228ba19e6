// What this client makes and takes, against docs/protocol-vectors.json.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as documents from '../documents.mjs';
import * as framing from '../framing.mjs';
import * as signatures from '../signatures.mjs';

const vectors = JSON.parse(readFileSync(new URL('../../../protocol-vectors.json', import.meta.url), 'utf8'));
const hex = (text) => Buffer.from(text, 'hex');

/** A frame as the vectors show it. */
function shown(value) {
  if (Buffer.isBuffer(value)) {
    return value.toString('hex');
  }
  if (Array.isArray(value)) {
    return value.map(shown);
  }
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shown(field)]));
  }
  return value;
}

/** Vectors show bytes in hexadecimal; protobufjs wants bytes. */
function unshown(type, fields) {
  const bytes = /^(serverNonce|signingKey|canonical|consentId|challengeId|deviceId|messageId|grant|signature|body|request|receipt|receiptSignature|certificate|certificateSignature|notice|bytes)$/;
  return Object.fromEntries(Object.entries(fields).map(([key, value]) =>
    [key, bytes.test(key) ? hex(value) : typeof value === 'object' && !Array.isArray(value) ? unshown(type, value) : value]));
}

function withoutVirtuals(fields) {
  const { delivery, ...rest } = fields;
  return rest;
}

for (const [name, vectorsOfKind, decode, encode] of [
  ['device', vectors.deviceFrames, framing.decodeDevice, framing.encode],
  ['gateway', vectors.gatewayFrames, framing.decode, framing.encodeGateway],
]) {
  test(`every ${name} frame is read and written as the vectors have it`, () => {
    for (const { bytes, frame } of vectorsOfKind) {
      const [[type, fields]] = Object.entries(frame);
      const [message] = [...new framing.Cutter().cut(hex(bytes))];
      const read = decode(message);
      assert.equal(read.type, type);
      assert.deepEqual(shown(withoutVirtuals(read.fields)), fields);
      assert.equal(encode(type, unshown(type, fields)).toString('hex'), bytes);
    }
  });

  test(`${name} frames may arrive one byte at a time or all at once`, () => {
    const stream = hex(vectorsOfKind.map(({ bytes }) => bytes).join(''));
    const slow = new framing.Cutter();
    const one = [...stream].flatMap((byte) => [...slow.cut(Buffer.from([byte]))].map(String));
    const all = [...new framing.Cutter().cut(stream)].map(String);
    assert.equal(one.length, vectorsOfKind.length);
    assert.deepEqual(one, all);
  });
}

test('a length out of bounds is refused before its bytes, and nothing after it is read', () => {
  for (const { bytes, reason } of vectors.refusedDeviceFrames) {
    if (reason === 'FRAME_TOO_LARGE') {
      const cutter = new framing.Cutter();
      assert.throws(() => [...cutter.cut(hex(bytes))], { reason });
      assert.deepEqual([...cutter.cut(hex(vectors.gatewayFrames[0].bytes))], []);
    }
  }
});

test('an unknown type of frame is refused, unknown fields are not', () => {
  assert.throws(() => framing.decode(hex('9a0600')), { reason: 'FRAME_MALFORMED' });
  assert.throws(() => framing.decode(hex('07')), { reason: 'FRAME_MALFORMED' });
  assert.deepEqual(framing.decode(hex('7a02080ac23e0178')), { type: 'ping', fields: { token: '10' } });
});

test('the reasons have the numbers of the vectors', () => {
  for (const [name, number] of Object.entries(vectors.reasons)) {
    assert.equal(framing.reasons[`REASON_${name}`], number);
  }
});

test('every document is read, and has the hash that the vectors say', () => {
  for (const { type, text, bytes, sha256 } of vectors.documents) {
    assert.equal(Buffer.from(text, 'utf8').toString('hex'), bytes);
    assert.equal(signatures.sha256(hex(bytes)).toString('hex'), sha256);
    const fields = documents.parse(type, hex(bytes));
    if (type !== 'notice') {
      assert.equal(documents.write(type, Object.fromEntries(fields)).toString('hex'), bytes);
    }
  }
});

test('every other spelling is refused', () => {
  for (const { type, why, bytes } of vectors.refusedDocuments) {
    assert.throws(() => documents.parse(type, hex(bytes)), undefined, why);
  }
});

test('signatures are good or bad as the vectors say', () => {
  for (const { what, key, bytes, signature, valid } of vectors.signatures) {
    assert.equal(signatures.verify(hex(vectors.keys[key].point), hex(bytes), hex(signature)), valid, what);
  }
});

test('what this client signs, verifies', () => {
  const key = signatures.generateKey();
  const signature = signatures.sign(key, Buffer.from('assent'));
  assert.equal(signature.length, 64);
  assert.equal(signatures.verify(signatures.pointOf(key), Buffer.from('assent'), signature), true);
  assert.equal(signatures.verify(signatures.pointOf(key), Buffer.from('assenT'), signature), false);
});

test('the channel binding is the certificate hashed by its own algorithm', () => {
  for (const { signatureAlgorithm, der, tlsServerEndPoint } of vectors.certificates) {
    assert.equal(signatures.tlsServerEndPoint(hex(der)).toString('hex'), tlsServerEndPoint, signatureAlgorithm);
    assert.ok(new crypto.X509Certificate(hex(der)).subject);
  }
  const { serverNonce, tlsServerEndPoint, bytesToSign } = vectors.signIn;
  assert.equal(signatures.bytesToSign(hex(serverNonce), hex(tlsServerEndPoint)).toString('hex'), bytesToSign);
});

test('numbers have one spelling', () => {
  for (const { number } of vectors.numbers.valid) {
    assert.ok(documents.isPhoneNumber(number));
  }
  for (const number of vectors.numbers.invalid) {
    assert.ok(!documents.isPhoneNumber(number));
  }
});
