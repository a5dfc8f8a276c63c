import fc from 'fast-check';
import { renderEmail } from '../../../functions/src/domain/messages/renderEmail';
import { renderSms } from '../../../functions/src/domain/messages/renderSms';
import { hostileValues } from './hostileValues';
import { readHtml } from './readHtml';
import { type SampleMessage, sampleMessages } from './sampleMessages';
import { hasSms } from './hasSms';

const NAMES = ['clientName', 'businessName', 'reference'] as const;
const PLACEHOLDER = /\{\{|\}\}|\$\{|\$&|\$\d|<%|%s|undefined|null|NaN|\[object/;
// eslint's own rule against control characters in expressions does not know these classes.
const ACTS_ON_TEXT = /[\p{Control}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/u;

const namesOf = ({ params }: SampleMessage): readonly (typeof NAMES)[number][] =>
  NAMES.filter((name) => typeof params[name] === 'string' && params[name] !== '');
const withNames = sampleMessages.filter((sample) => namesOf(sample).length > 0);

function renamed(sample: SampleMessage, value: string): SampleMessage['params'] {
  return { ...sample.params, ...Object.fromEntries(namesOf(sample).map((name) => [name, value])) };
}

it('is tried on every template that takes a name', () => {
  expect(withNames.length).toBeGreaterThan(20);
});

describe.each(hostileValues)('somebody is called $kind', ({ value, shown }) => {
  it.each(withNames)('$name: it is read, and does nothing', (sample) => {
    const usual = readHtml(renderEmail(sample.template, sample.params, sample.links).html);
    const { subject, html, text } = renderEmail(sample.template, renamed(sample, value), sample.links);

    const read = readHtml(html);
    expect(read.tags).toEqual(usual.tags);
    expect(read.links).toEqual(usual.links);
    expect(new Set(read.isolated)).toEqual(new Set([shown]));
    expect(read.text.replaceAll(shown, '')).not.toMatch(PLACEHOLDER);

    expect(text).toContain(shown);
    expect(text.replaceAll(shown, '')).not.toMatch(PLACEHOLDER);
    expect(text.replaceAll('\n', '')).not.toMatch(ACTS_ON_TEXT);

    expect(subject).not.toMatch(ACTS_ON_TEXT);
    expect(subject.length).toBeLessThan(250);
  });

  it.each(withNames.filter(hasSms))('$name: the SMS stays whole', (sample) => {
    const { body, segments } = renderSms(sample.template, renamed(sample, value), sample.links);
    expect(segments).toBeLessThanOrEqual(2);
    expect(body.endsWith(' Reply STOP to opt out')).toBe(true);
    expect(body).toContain(sample.links.payUrl ?? 'Reply STOP');
    expect(body).not.toMatch(ACTS_ON_TEXT);
    expect(body).not.toMatch(/\p{Extended_Pictographic}/u);
  });
});

it('keeps the shape of every e-mail, whatever people are called', () => {
  const anyName = fc
    .tuple(fc.string({ unit: 'binary', maxLength: 40 }), fc.integer({ min: 1, max: 10 }))
    .map(([part, times]) => `x${part.repeat(times)}`);
  fc.assert(
    fc.property(fc.constantFrom(...withNames), anyName, (sample, name) => {
      const usual = renderEmail(sample.template, sample.params, sample.links);
      const { subject, html, text } = renderEmail(sample.template, renamed(sample, name), sample.links);
      expect(readHtml(html).tags).toEqual(readHtml(usual.html).tags);
      expect(subject).not.toMatch(ACTS_ON_TEXT);
      expect(text.replaceAll('\n', '')).not.toMatch(ACTS_ON_TEXT);
      // Blank lines stand between our blocks only: no name makes one more.
      expect(text.split('\n\n').length).toBe(usual.text.split('\n\n').length);
    }),
    { numRuns: 5_000 },
  );
});
