#!/usr/bin/env node
// Two phones in one process: both activate, write to each other, one while the other is away, and withdraw. The last
// line on stdout is one JSON object; everything else goes to stderr. Exits with 0 only if all of it worked.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs, promisify } from 'node:util';
import { Closed, Device } from './client.mjs';

const USAGE = `Usage: node run.mjs --numbers A,B --country CODE [options]
  --host HOST            gateway (127.0.0.1)
  --port PORT            its port (7443)
  --fingerprint HEX      SHA-256 of its certificate, or
  --ca FILE              PEM of a root that signed it
  --numbers A,B          the two phones' numbers, E.164 with plus
  --country CODE         their country calling code, e.g. 44
  --locale TAG           language of the notice (en)
  --code-command CMD     prints the newest code that came to the number in $1 by SMS; without it you are asked
  --sms-command CMD      sends an SMS from $1 to $2 with the text $3; with it B proves its number by DEVICE_SMS
  --texts N              texts in each direction (20)
  --yes                  approve the notice without asking`;

const CODE_WAIT_MILLIS = 30_000;
const STEP_MILLIS_MAX = 60_000;
const SAMPLES = ['Hello', '再见 👋', 'مرحبا', 'line\nbreak\tand tab', 'é vs e\u0301', ' \u00a0spaces kept ', '"\\\\u0041'];

const { values: options } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' }, port: { type: 'string', default: '7443' },
    fingerprint: { type: 'string' }, ca: { type: 'string' }, numbers: { type: 'string' }, country: { type: 'string' },
    locale: { type: 'string', default: 'en' }, 'code-command': { type: 'string' }, 'sms-command': { type: 'string' },
    texts: { type: 'string', default: '20' }, yes: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
  },
});
const numbers = options.numbers?.split(',') ?? [];
if (options.help || numbers.length !== 2 || !options.country) {
  console.error(USAGE);
  process.exit(options.help ? 0 : 2);
}

const say = (text) => console.error(text);
const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Never waits for ever: a step that hangs is a failure with a name. */
function within(what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${STEP_MILLIS_MAX / 1000} s`)), STEP_MILLIS_MAX);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function check(condition, what) {
  if (!condition) {
    throw new Error(`not as it should be: ${what}`);
  }
}

async function ask(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

async function codeFor(number) {
  if (!options['code-command']) {
    return ask(`The code that came to the phone ending in ${number.slice(-2)}: `);
  }
  for (const until = Date.now() + CODE_WAIT_MILLIS; Date.now() < until; await sleep(200)) {
    const code = await shell(options['code-command'], number).then((out) => out.match(/\b\d{6}\b/)?.[0], () => undefined);
    if (code) {
      return code;
    }
  }
  throw new Error(`--code-command printed no code of six digits within ${CODE_WAIT_MILLIS / 1000} s`);
}

async function shell(command, ...args) {
  return (await promisify(execFile)('/bin/sh', ['-c', command, 'sh', ...args])).stdout;
}

async function approve(notice) {
  say(`\n${[...notice].map(([key, value]) => `  ${key}: ${value}`).join('\n')}\n`);
  return options.yes || options['code-command'] !== undefined || /^y/i.test(await ask('Approve? [y/N] '));
}

function phone(number) {
  const device = new Device({
    host: options.host, port: Number(options.port), fingerprint: options.fingerprint,
    ca: options.ca && readFileSync(options.ca),
  }, { readMarks: true });
  const inbox = [];
  const receipts = new Set();
  const read = new Set();
  device.on('message', (message) => inbox.push(message));
  device.on('receipt', (id) => receipts.add(id));
  device.on('read', (id) => read.add(id));
  return { number, device, inbox, receipts, read };
}

async function activate(phone, method) {
  await within('activation', phone.device.activate({
    number: phone.number, country: Number(options.country), locale: options.locale, method, approve,
    code: () => codeFor(phone.number),
    sendSms: (to, text) => shell(options['sms-command'], phone.number, to, text),
  }));
  say(`activated by ${method}`);
}

async function until(what, condition) {
  await within(what, (async () => {
    while (!condition()) {
      await sleep(20);
    }
  })());
}

const textsOf = (count, tag) => Array.from({ length: count }, (_, i) => `${tag}${i} ${SAMPLES[i % SAMPLES.length]}`);

/** Sends all, and sees that they arrive once each, in order, byte for byte. */
async function exchange(from, to, texts, meanwhile = async () => {}) {
  const before = to.inbox.length;
  const results = texts.map((text) => from.device.send(to.number, text));
  await meanwhile(results);
  await until('delivery', () => to.inbox.length >= before + texts.length);
  const outcomes = await within('results', Promise.all(results));
  check(outcomes.every(({ outcome }) => outcome === 'DELIVERED' || outcome === 'QUEUED'), 'outcomes of sent texts');
  const arrived = to.inbox.slice(before);
  check(arrived.length === texts.length, 'each text arrives once');
  check(arrived.every(({ body }, i) => body.equals(Buffer.from(texts[i], 'utf8'))), 'texts arrive in order and byte for byte');
  check(arrived.every((message) => message.from === from.number), 'the sender of a text');
  return outcomes;
}

async function main() {
  const [a, b] = numbers.map(phone);
  await activate(a, 'SMS_CODE');
  await activate(b, options['sms-command'] ? 'DEVICE_SMS' : 'SMS_CODE');

  const count = Number(options.texts);
  const first = await exchange(a, b, textsOf(count, 'a'));
  await exchange(b, a, textsOf(count, 'b'));
  say('both directions while both are connected');

  await within('read marks', b.device.read(b.inbox));
  await until('read marks', () => first.every(({ messageId }) => a.read.has(messageId)));
  check(a.read.size === first.length && b.read.size === 0, 'read marks for what was read, and for nothing else');
  say('read marks');

  await b.device.disconnect();
  const queued = await exchange(a, b, textsOf(count, 'c'), async (results) => {
    await within('results', Promise.all(results));
    await within('sign-in', b.device.signIn(options.locale));
  });
  check(queued.every(({ outcome }) => outcome === 'QUEUED'), 'texts to a phone that is away are queued');
  await until('delivery receipts', () => queued.every(({ messageId }) => a.receipts.has(messageId)));
  say('texts waited for a phone that was away');

  const nobody = await within('result', a.device.send('12345', 'x'));
  check(nobody.outcome === 'REFUSED' && nobody.reason === 'RECIPIENT_INVALID', 'a wrong number is refused');

  for (const { device } of [a, b]) {
    await within('withdrawal', device.withdraw());
    check((await within('goodbye', device.ended())).reason === 'WITHDRAWN', 'the goodbye after a withdrawal');
  }
  const refused = await within('sign-in', b.device.signIn().then(() => undefined, (error) => error));
  check(refused instanceof Closed && refused.reason === 'SIGN_IN_REFUSED', 'a withdrawn device cannot sign in');
  say('withdrawn, certificates checked');
  return { activated: 2, sent: 3 * count, delivered: a.inbox.length + b.inbox.length, withdrawn: 2 };
}

main().then(
  (result) => {
    console.log(JSON.stringify({ ok: true, ...result }));
    process.exit(0);
  },
  (error) => {
    say(`failed: ${error.message}`);
    console.log(JSON.stringify({ ok: false, error: error.message }));
    process.exit(1);
  },
);
