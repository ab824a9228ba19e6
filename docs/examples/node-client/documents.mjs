// Signed documents: reading and writing their one spelling. docs/protocol.md, "Signed documents".

const DOCUMENT_BYTES_MAX = 24576;
const NAME = '[a-z][a-z0-9-]{0,63}';

const values = {
  text: isText,
  hash: (v) => /^[0-9a-f]{64}$/.test(v),
  nonce: (v) => /^[0-9a-f]{64}$/.test(v),
  id: (v) => /^[0-9a-f]{32}$/.test(v),
  point: (v) => /^04[0-9a-f]{128}$/.test(v),
  count: (v) => /^(0|[1-9][0-9]{0,9})$/.test(v) && Number(v) < 2 ** 31,
  smsMax: (v) => /^([1-9]|10)$/.test(v),
  country: (v) => /^[1-9][0-9]{0,2}$/.test(v),
  locale: (v) => v.length <= 35 && /^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(v),
  names: (v) => new RegExp(`^${NAME}( ${NAME})*$`).test(v) && new Set(v.split(' ')).size === v.split(' ').length,
  time: isTime,
  proof: (v) => v === 'sms-code' || v === 'device-sms',
};

// Each kind's label, and its keys in their one order; 'item.*' stands for one or more lines.
const kinds = {
  notice: ['assent notice v1', {
    version: 'text', locale: 'locale', title: 'text', controller: 'text', 'item.*': 'text', 'purpose.*': 'text',
    retention: 'text', region: 'text', cost: 'text', 'sms-max': 'smsMax', withdrawal: 'text',
  }],
  'consent-grant': ['assent consent-grant v1', {
    notice: 'hash', purposes: 'names', locale: 'locale', country: 'country', 'device-key': 'point',
    'server-nonce': 'nonce', 'approved-at': 'time',
  }],
  'consent-receipt': ['assent consent-receipt v1', {
    consent: 'id', device: 'id', 'device-key': 'point', grant: 'hash', notice: 'hash', 'notice-version': 'text',
    locale: 'locale', country: 'country', controller: 'text', items: 'names', purposes: 'names', retention: 'text',
    region: 'text', withdrawal: 'text', proof: 'proof', 'approved-at': 'time', 'recorded-at': 'time',
    'activated-at': 'time',
  }],
  withdrawal: ['assent withdrawal v1', { device: 'id', 'server-nonce': 'nonce', 'requested-at': 'time' }],
  'erasure-certificate': ['assent erasure-certificate v1', {
    consent: 'id', device: 'id', 'requested-at': 'time', 'erased-at': 'time', erased: 'names',
    'messages-erased': 'count', kept: 'text',
  }],
};

/** The document as a Map from key to value, in order. Throws unless the bytes are its one spelling. */
export function parse(kind, bytes) {
  const [label, keys] = kinds[kind];
  if (bytes.length > DOCUMENT_BYTES_MAX) {
    throw new Error(`a document has at most ${DOCUMENT_BYTES_MAX} bytes`);
  }
  const lines = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split('\n');
  if (lines.shift() !== label || lines.pop() !== '') {
    throw new Error(`not a document that begins with '${label}' and ends with a line feed`);
  }
  const document = new Map();
  for (const [key, type] of Object.entries(keys)) {
    let taken = 0;
    const repeated = key.endsWith('.*');
    while (lines.length > 0 && (repeated || taken === 0) && matches(lines[0], key)) {
      const [name, value] = splitLine(lines.shift());
      if (document.has(name) || !values[type](value)) {
        throw new Error(`the line '${key}' is out of bounds`);
      }
      document.set(name, value);
      taken++;
    }
    if (taken === 0) {
      throw new Error(`the line '${key}' is missing`);
    }
  }
  if (lines.length > 0) {
    throw new Error('there is more than the document has');
  }
  return document;
}

/** The bytes of a document without repeated keys; fields need not be in order. */
export function write(kind, fields) {
  const [label, keys] = kinds[kind];
  const text = Object.keys(keys).map((key) => `${key}: ${fields[key]}\n`).join('');
  const bytes = Buffer.from(`${label}\n${text}`, 'utf8');
  parse(kind, bytes);
  return bytes;
}

function matches(line, key) {
  return key.endsWith('.*')
    ? new RegExp(`^${key.slice(0, -2)}\\.${NAME}: `).test(line)
    : line.startsWith(`${key}: `);
}

function splitLine(line) {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon), line.slice(colon + 2)];
}

function isText(value) {
  const characters = [...value];
  return characters.length >= 1
    && characters.length <= 4000
    && !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\uFEFF]/u.test(value)
    && !/^\p{Zs}|\p{Zs}$/u.test(value);
}

function isTime(value) {
  return /^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
    && !Number.isNaN(Date.parse(value))
    && new Date(value).toISOString() === value;
}

/** E.164 in its one spelling; whether the calling code is assigned is left to the gateway. */
export function isPhoneNumber(text) {
  return /^\+[1-9][0-9]{6,14}$/.test(text);
}
