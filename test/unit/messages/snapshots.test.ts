import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderEmail } from '../../../functions/src/domain/messages/renderEmail';
import { renderSms } from '../../../functions/src/domain/messages/renderSms';
import { hasSms } from './hasSms';
import { type SampleMessage, sampleMessages } from './sampleMessages';

const ACCEPTED = join(__dirname, 'snapshots');
const RESULTS = join(__dirname, '../../results/messages');

interface Rendering {
  readonly file: string;
  readonly content: string;
}

/** An e-mail file that mail programs open: both forms of one message, in one place to review. */
function emailFile(sample: SampleMessage): Rendering {
  const { subject, html, text } = renderEmail(sample.template, sample.params, sample.links);
  const part = (type: string, content: string): string =>
    `--part\nContent-Type: ${type}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${content}`;
  const content = [
    `Subject: ${subject}\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="part"\n\n`,
    part('text/plain', text),
    part('text/html', html),
    '\n--part--\n',
  ].join('');
  return { file: `${sample.name}.eml`, content };
}

function smsFile(sample: SampleMessage): Rendering[] {
  if (!hasSms(sample)) return [];
  const { body, segments, encoding } = renderSms(sample.template, sample.params, sample.links);
  return [{ file: `${sample.name}.sms.txt`, content: `${body}\n\n${segments} × ${encoding}\n` }];
}

const renderings = sampleMessages.flatMap((sample) => [emailFile(sample), ...smsFile(sample)]);

/** Null: nobody has looked at it yet. */
function accepted(file: string): string | null {
  try {
    return readFileSync(join(ACCEPTED, file), 'utf8');
  } catch {
    return null;
  }
}

it.each(renderings)('$file is what somebody looked at', ({ file, content }) => {
  if (accepted(file) === content) return;
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, file), content);
  throw new Error(
    `The message is not the one that was looked at. Open test/results/messages/${file} and LOOK at it, HTML and text, ` +
      `on a narrow and on a wide window. Only if it is right, copy it to test/unit/messages/snapshots/.`,
  );
});

it('keeps no message that is not sent any more', () => {
  expect(readdirSync(ACCEPTED).toSorted()).toEqual(renderings.map(({ file }) => file).toSorted());
});
