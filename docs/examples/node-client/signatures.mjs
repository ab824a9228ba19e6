// Hashes, ES256, the channel binding and the sign-in proof. docs/protocol.md, "Signatures" and "Signing in".
import crypto from 'node:crypto';

export function sha256(bytes) {
  return crypto.createHash('sha256').update(bytes).digest();
}

const SPKI_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

export function generateKey() {
  return crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
}

/** The uncompressed point, 65 bytes. */
export function pointOf(privateKey) {
  return crypto.createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-65);
}

export function sign(privateKey, bytes) {
  return crypto.sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

export function verify(point, bytes, signature) {
  if (signature.length !== 64) {
    return false;
  }
  const key = crypto.createPublicKey({ key: Buffer.concat([SPKI_PREFIX, point]), format: 'der', type: 'spki' });
  return crypto.verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

// ---------------------------------------------------------------- signing in

export function bytesToSign(serverNonce, binding) {
  return Buffer.concat([Buffer.from('assent sign-in v1', 'ascii'), serverNonce, binding]);
}

const HASHES = {
  '1.2.840.113549.1.1.11': 'sha256', '1.2.840.113549.1.1.12': 'sha384', '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.14': 'sha224', '1.2.840.10045.4.3.1': 'sha224', '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384', '1.2.840.10045.4.3.4': 'sha512',
  '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
};
const RSASSA_PSS = '1.2.840.113549.1.1.10';

/** RFC 5929, clause 4.1, for the DER of a certificate. */
export function tlsServerEndPoint(der) {
  return crypto.createHash(HASHES[hashOid(der)] ?? 'sha256').update(der).digest();
}

// Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OID, parameters }, signatureValue }
function hashOid(der) {
  const algorithm = children(der, children(der, elementAt(der, 0))[1]);
  const oid = oidOf(der, algorithm[0]);
  if (oid !== RSASSA_PSS) {
    return oid;
  }
  // RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] AlgorithmIdentifier DEFAULT sha1, … }
  const hash = children(der, algorithm[1]).find((element) => element.tag === 0xa0);
  return hash && oidOf(der, children(der, children(der, hash)[0])[0]);
}

function elementAt(der, at) {
  let from = at + 2;
  let length = der[at + 1];
  if (length & 0x80) {
    const bytes = length & 0x7f;
    length = der.readUIntBE(from, bytes);
    from += bytes;
  }
  return { tag: der[at], from, end: from + length };
}

function children(der, parent) {
  const found = [];
  for (let at = parent.from; at < parent.end; at = found.at(-1).end) {
    found.push(elementAt(der, at));
  }
  return found;
}

function oidOf(der, element) {
  const arcs = [];
  let arc = 0;
  for (const byte of der.subarray(element.from, element.end)) {
    arc = arc * 128 + (byte & 0x7f);
    if (!(byte & 0x80)) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const first = Math.min(Math.floor(arcs[0] / 40), 2);
  return [first, arcs[0] - 40 * first, ...arcs.slice(1)].join('.');
}
