import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../local/stack/repositoryRoot';

const PERSON = {
  name: 'Zebedee Quillfeather',
  email: 'zebedee@quillfeather.example',
  phone: '+447700900123',
  spaced: '+44 7700 900-123',
  body: 'I am in hospital and can not pay before June',
};

/** Runs every named log function of the built package, outside of jest, whose console is another one. */
const PRINT = `
  const { log } = require('./lib/platform/log.js');
  const person = JSON.parse(process.argv[1]);
  const { name, email, phone, spaced, body } = person;
  class Odd extends Error {}
  const cause = new Odd(name + ' ' + email + ' ' + body, { cause: Object.assign(new Error(phone), { code: 'E_' + 1 }) });
  const texts = [email, phone, spaced, 'to <' + email + '> or ' + spaced + '.', { name, email }, [phone]];
  const allowed = process.argv[2].split(',');
  for (const [called, write] of Object.entries(log))
    for (const text of texts) {
      const fields = Object.fromEntries(allowed.map((field) => [field, text]));
      // One function's message is its reason, which is a text.
      write({ ...fields, reason: typeof text === 'string' ? text : email, counts: { sent: 1, [name]: body, to: phone }, attempts: 6, status: 500, cause, person, name, email, phone, body,
        clientEmail: email, clientPhone: phone, messageBody: body, payload: JSON.stringify(person), to: email, params: person });
      console.log('called ' + called);
    }
`;

/** Fields that the redactor lets through, as its own file lists them. */
function allowedFields(): string[] {
  const source = readFileSync(join(repositoryRoot, 'functions/src/platform/log.ts'), 'utf8');
  const list = /const ALLOWED = new Set\(\[([^\]]*)\]\)/.exec(source)?.[1] ?? '';
  return [...list.matchAll(/'(\w+)'/g)].map(([, field = '']) => field);
}

test('no named log function prints an address, a number, a name or a body, whatever it is given', async () => {
  const fields = allowedFields();
  expect(fields).toEqual(expect.arrayContaining(['eventId', 'reason', 'cause', 'counts']));
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['-e', PRINT, JSON.stringify(PERSON), fields.join(',')],
    { cwd: join(repositoryRoot, 'functions'), maxBuffer: 64 * 1024 * 1024 },
  );
  const lines = `${stdout}\n${stderr}`.split('\n');
  const called = new Set(lines.filter((line) => line.startsWith('called ')));
  const printed = lines.filter((line) => line.startsWith('{'));
  // Each has printed, for each text.
  expect(called.size).toBeGreaterThan(20);
  expect(printed.length).toBeGreaterThanOrEqual(called.size * 6);
  expect(printed.some((line) => line.includes('"counts":{"sent":1}'))).toBe(true);
  const words = ['zebedee', 'quillfeather', '7700900123', '7700 900-123', 'hospital'];
  const leaks = printed.filter((line) => words.some((word) => line.toLowerCase().includes(word)));
  expect(leaks.slice(0, 3)).toEqual([]);
}, 30_000);
