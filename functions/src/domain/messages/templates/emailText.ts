import { type EmailContent } from './emailContent';
import { type EmailLayout } from './emailLayout';
import { type Phrase, phrase } from './phrase';

const WIDTH = 72;

/** Stands for a space that must not break; no value holds one, for control characters were taken out of them. */
const HELD = '\u0001';

/** The e-mail as plain text: lines of 72 characters, names and amounts kept whole, each address on a line of its own. */
export function emailText(content: EmailContent, layout: EmailLayout): string {
  const { greeting, signature, button, footer } = layout;
  const facts = content.facts ?? [];
  const labelWidth = Math.max(0, ...facts.map(({ label }) => label.length)) + 2;
  const blocks = [
    [greeting],
    ...content.paragraphs.map((each) => [each]),
    ...(facts.length === 0
      ? []
      : [facts.map(({ label, value }) => phrase`${held(`${label}:`.padEnd(labelWidth))}${whole(value)}`)]),
    ...(button === null ? [] : [[phrase`${button.label}:`, held(button.url)]]),
    ...(content.closing ?? []).map((each) => [each]),
    [signature],
    [held('-'.repeat(40))],
    [footer.why],
    ...footer.links.map(({ label, url }) => [held(`${label}:`), held(url)]),
  ];
  return `${blocks.map((lines) => lines.map(wrap).join('\n')).join('\n\n')}\n`;
}

function held(text: string): Phrase {
  return { parts: [{ text, kind: 'value' }] };
}

/** The phrase with no place at which a line may end. */
function whole({ parts }: Phrase): Phrase {
  return { parts: parts.map(({ text }) => ({ text, kind: 'value' })) };
}

function wrap({ parts }: Phrase): string {
  const text = parts.map((part) => (part.kind === 'prose' ? part.text : part.text.replaceAll(' ', HELD)));
  const lines: string[] = [];
  for (const word of text.join('').split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n').replaceAll(HELD, ' ');
}
