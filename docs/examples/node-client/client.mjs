// A device: activates, signs in, sends, receives each message once, withdraws. docs/protocol.md, "Activation" to
// "Withdrawal". State is held in memory: a real device keeps the activation, its messages and the ids it has seen on
// durable storage, and acknowledges only what is there.
import crypto from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Connection } from './connection.mjs';
import * as documents from './documents.mjs';
import * as signatures from './signatures.mjs';

export { Closed, Connection, Refused } from './connection.mjs';

/** After a Goodbye for one of these reasons, or none, the next gateway of the list may do better. */
const GO_ON_TO_THE_NEXT = new Set(['SHUTTING_DOWN', 'OVERLOADED', 'STORE_UNAVAILABLE', 'INTERNAL']);

const READ_MARK_TEXTS_MAX = 64;
const READ_MARK_TTL_MILLIS = 7 * 24 * 60 * 60 * 1000;

/**
 * Emits 'message' ({ messageId, from, body, acceptedAt, readMarkWanted }), 'receipt' (message id), 'read' (message id) and
 * 'closed' (Closed).
 */
export class Device extends EventEmitter {
  #addresses;
  #trust;
  #connection;
  #seen = new Set();
  #unanswered = new Map();
  #unread = new Map();
  #readMarks;

  /**
   * @param gateway { host, port, fingerprint | ca }, or with `gateways` [{ host, port }, …] of one installation instead of
   * host and port
   * @param readMarks whether the user allows read marks: asks for them, and sends them
   */
  constructor({ host, port, gateways = [{ host, port }], ...trust }, { readMarks = false } = {}) {
    super();
    this.#addresses = gateways.map((address) => [Math.random(), address]).sort(([a], [b]) => a - b).map(([, address]) => address);
    this.#trust = trust;
    this.#readMarks = readMarks;
  }

  /**
   * Activates `number`. `approve(notice)` shows the notice and resolves to the user's yes; `code()` to what the user
   * typed; `sendSms(to, text)` sends an SMS. The number is used only after the approval was accepted.
   */
  async activate({ number, country, locale, method = 'SMS_CODE', approve, code, sendSms }) {
    const connection = await this.#connect(locale);
    const asked = await connection.request('noticeRequest', { locale, countryCallingCode: country }, 'notice');
    const noticeBytes = asked.fields.canonical;
    const notice = documents.parse('notice', noticeBytes);
    if (!(await approve(notice))) {
      await connection.close();
      throw new Error('the user did not approve');
    }
    const key = signatures.generateKey();
    const grant = documents.write('consent-grant', {
      notice: signatures.sha256(noticeBytes).toString('hex'),
      purposes: [...notice.keys()].filter((k) => k.startsWith('purpose.')).map((k) => k.slice(8)).join(' '),
      locale: notice.get('locale'),
      country,
      'device-key': signatures.pointOf(key).toString('hex'),
      'server-nonce': connection.welcome.serverNonce.toString('hex'),
      'approved-at': new Date().toISOString(),
    });
    const accepted = await connection.request(
      'approval', { grant, signature: signatures.sign(key, grant) }, 'approvalAccepted');
    const activated = await this.#prove(connection, accepted.fields, { number, method, code, sendSms });
    this.activation = { key, grant, noticeBytes, gatewayKey: connection.welcome.signingKey, ...activated };
    this.#checkReceipt();
    return this.activation;
  }

  async #prove(connection, accepted, { number, method, code, sendSms }) {
    if (!accepted.methods.includes(`PROOF_METHOD_${method}`)) {
      throw new Error(`the gateway does not offer ${method} here`);
    }
    const claim = { consentId: accepted.consentId, number, method: `PROOF_METHOD_${method}` };
    if (method === 'SMS_CODE') {
      const { challengeId } = (await connection.request('claim', claim, 'codeSent')).fields;
      return (await connection.request('codeAnswer', { challengeId, code: await code() }, 'activated')).fields;
    }
    const { serviceNumber, text } = (await connection.request('claim', claim, 'smsRequested')).fields;
    await sendSms(serviceNumber, text);
    return (await connection.answer('activated')).fields;
  }

  #checkReceipt() {
    const { key, grant, noticeBytes, gatewayKey, deviceId, receipt, receiptSignature } = this.activation;
    const fields = documents.parse('consent-receipt', receipt);
    const expected = {
      device: deviceId, 'device-key': signatures.pointOf(key), grant: signatures.sha256(grant), notice: signatures.sha256(noticeBytes),
    };
    const mine = Object.entries(expected).every(([name, bytes]) => fields.get(name) === bytes.toString('hex'));
    if (!mine || !signatures.verify(gatewayKey, receipt, receiptSignature)) {
      throw new Error('the consent receipt is not about this activation, or not signed by the gateway');
    }
  }

  /** Signs in on a new connection, then sends again what has no result yet. */
  async signIn(locale = 'en') {
    const { key, deviceId } = this.activation;
    const connection = await this.#connect(locale);
    const proof = signatures.bytesToSign(
      connection.welcome.serverNonce, signatures.tlsServerEndPoint(connection.certificate));
    const { fields } = await connection.request(
      'signIn', { deviceId, signature: signatures.sign(key, proof) }, 'signedIn');
    for (const waiting of this.#unanswered.values()) {
      waiting.inFlight = false;
    }
    this.#sendMore();
    return fields.epoch;
  }

  /** Resolves to the SendResult's fields. `option` is { cloudOnly: { ttlMillis } } or { cloudThenSms: { deadlineMillis } }. */
  send(to, text, option = { cloudOnly: { ttlMillis: 0 } }) {
    const messageId = crypto.randomBytes(16);
    const body = Buffer.from(text, 'utf8');
    if (this.#readMarks) {
      this.#unread.set(messageId.toString('hex'), to);
    }
    return this.#put({ messageId, to, bodyType: 'BODY_TYPE_TEXT_UTF8', body, ...option, readMarkWanted: this.#readMarks });
  }

  /** The user has read these messages: their senders are told if they asked, and if this user allows it. */
  async read(messages) {
    const wanted = this.#readMarks ? messages.filter((message) => message.readMarkWanted) : [];
    const marks = [];
    for (const to of new Set(wanted.map(({ from }) => from))) {
      const ids = wanted.filter(({ from }) => from === to).map(({ messageId }) => Buffer.from(messageId, 'hex'));
      for (let at = 0; at < ids.length; at += READ_MARK_TEXTS_MAX) {
        const body = Buffer.concat(ids.slice(at, at + READ_MARK_TEXTS_MAX));
        const mark = { messageId: crypto.randomBytes(16), to, bodyType: 'BODY_TYPE_READ_MARK', body };
        marks.push(this.#put({ ...mark, cloudOnly: { ttlMillis: READ_MARK_TTL_MILLIS } }));
      }
    }
    await Promise.all(marks);
  }

  #put(frame) {
    const { messageId } = frame;
    return new Promise((resolve) => {
      // Kept until its result comes: the same id again is the same message.
      this.#unanswered.set(messageId.toString('hex'), { frame, resolve, inFlight: false });
      this.#sendMore();
    });
  }

  /** Sends what waits, in order, up to the number of sends without a result that the gateway takes. */
  #sendMore() {
    let room = this.#connection.welcome.sendsInFlightMax;
    for (const waiting of this.#unanswered.values()) {
      if (room-- === 0 || this.#connection.isClosed) {
        return;
      }
      if (!waiting.inFlight) {
        waiting.inFlight = true;
        this.#connection.send('send', waiting.frame);
      }
    }
  }

  /** Switches off; resolves to the erasure certificate. */
  async withdraw() {
    const { key, deviceId, gatewayKey } = this.activation;
    const request = documents.write('withdrawal', {
      device: deviceId.toString('hex'),
      'server-nonce': this.#connection.welcome.serverNonce.toString('hex'),
      'requested-at': new Date().toISOString(),
    });
    const { fields } = await this.#connection.request(
      'withdraw', { request, signature: signatures.sign(key, request) }, 'withdrawn');
    const certificate = documents.parse('erasure-certificate', fields.certificate);
    if (certificate.get('device') !== deviceId.toString('hex')
      || !signatures.verify(gatewayKey, fields.certificate, fields.certificateSignature)) {
      throw new Error('the erasure certificate is not about this device, or not signed by the gateway');
    }
    return certificate;
  }

  async disconnect() {
    await this.#connection.close();
  }

  /** Resolves when the connection has ended, with its Closed. */
  async ended() {
    return this.#connection.ended();
  }

  async #connect(locale) {
    const connection = await this.#open(locale);
    connection.on('deliver', (fields) => this.#deliver(connection, fields));
    connection.on('sendResult', (fields) => this.#sendResult(fields));
    connection.on('deliveryReceipt', ({ messageId }) => this.emit('receipt', messageId.toString('hex')));
    connection.on('closed', (closed) => {
      if (closed.reason === undefined || GO_ON_TO_THE_NEXT.has(closed.reason)) {
        this.#goOn();
      }
      this.emit('closed', closed);
    });
    this.#connection = connection;
    return connection;
  }

  /** Tries each gateway of the list once; without waits between them, which a real device keeps. */
  async #open(locale) {
    for (let left = this.#addresses.length; ; left--) {
      try {
        return await Connection.open({ ...this.#trust, ...this.#addresses[0], locale });
      } catch (error) {
        this.#goOn();
        if (left <= 1) {
          throw error;
        }
      }
    }
  }

  #goOn() {
    this.#addresses.push(this.#addresses.shift());
  }

  #deliver(connection, { deliveryNumber, messageId, from, bodyType, body, acceptedAtMillis, readMarkWanted = false }) {
    const id = messageId.toString('hex');
    const sentBy = `${from} ${id}`;
    if (!this.#seen.has(sentBy)) {
      this.#seen.add(sentBy);
      if (bodyType === 'BODY_TYPE_READ_MARK') {
        this.#readMark(from, body);
      } else {
        this.emit('message', { messageId: id, from, body, acceptedAt: new Date(Number(acceptedAtMillis)), readMarkWanted });
      }
    }
    connection.send('acknowledge', { through: deliveryNumber });
  }

  /** Its sender chose its bytes: what this device has not sent to that number, or knows as read, is passed over. */
  #readMark(from, body) {
    if (body.length % 16 !== 0 || body.length > 16 * READ_MARK_TEXTS_MAX) {
      return;
    }
    for (let at = 0; at < body.length; at += 16) {
      const id = body.subarray(at, at + 16).toString('hex');
      if (this.#unread.get(id) === from) {
        this.#unread.delete(id);
        this.emit('read', id);
      }
    }
  }

  #sendResult(fields) {
    const id = fields.messageId.toString('hex');
    const unanswered = this.#unanswered.get(id);
    if (!unanswered) {
      return;
    }
    const retryAfterMillis = Number(fields.retryAfterMillis ?? 0);
    if (fields.outcome === 'OUTCOME_REFUSED' && retryAfterMillis > 0) {
      setTimeout(() => {
        unanswered.inFlight = false;
        this.#sendMore();
      }, retryAfterMillis).unref();
      return;
    }
    this.#unanswered.delete(id);
    this.#sendMore();
    unanswered.resolve({
      messageId: id,
      outcome: fields.outcome.replace(/^OUTCOME_/, ''),
      reason: fields.reason?.replace?.(/^REASON_/, ''),
    });
  }
}
