import fc from 'fast-check';
import { renderSms } from '../../../functions/src/domain/messages/renderSms';
import { smsSegments } from '../../../functions/src/domain/messages/smsSegments';
import { sampleMessages } from './sampleMessages';
import { hasSms } from './hasSms';

const samples = sampleMessages.filter(hasSms);
const STOP = ' Reply STOP to opt out';

function firm(change: Readonly<Record<string, string | number | null>>, payUrl?: string | null) {
  const sample = samples.find(({ name }) => name === 'firm');
  if (sample === undefined) throw new Error('there is no sample of firm');
  const links = { ...sample.links, ...(payUrl === undefined ? {} : { payUrl }) };
  return renderSms('firm', { ...sample.params, ...change }, links);
}

describe('renderSms', () => {
  it.each([
    ['curly quotes and dashes', 'Ann’s “Best” – Shop…', 'Ann\'s "Best" - Shop...'],
    ['accents that GSM-7 has', 'Café Möller Ñandú', 'Café Möller Ñandu'],
    ['accents that it has not', 'François Dvořák Łódź', 'Francois Dvorak Lodz'],
    ['an accent apart from its letter', 'Cafe\u0301', 'Café'],
    ['ligatures', 'Œuvre ﬁne Þór', 'OEuvre fine Thor'],
    ['wide letters', 'ＡＣＭＥ　Ltd', 'ACME Ltd'],
    ['signs', 'Acme™ ©2026 ®', 'AcmeTM (c)2026 (R)'],
    ['hard spaces', 'Acme\u00A0\u2009Ltd', 'Acme Ltd'],
    ['emoji', '🦄 Acme 👩‍👩‍👧 Ltd 1️⃣', 'Acme Ltd 1'],
    ['control characters', 'Acme\u0007\r\n\u202ELtd', 'Acme Ltd'],
  ])('writes %s in GSM-7', (_, name, written) => {
    const { body, encoding } = firm({ businessName: name });
    expect(encoding).toBe('GSM-7');
    expect(body.startsWith(`${written}: invoice `)).toBe(true);
  });

  it.each(['北京设计', 'Αθήνα Design', 'شركة النور'])('keeps %s as it is', (name) => {
    const { body, encoding } = firm({ businessName: name, reference: 'INV-7' }, 'https://r.example/i/7');
    expect(encoding).toBe('UCS-2');
    expect(body.startsWith(`${name}: invoice INV-7`)).toBe(true);
  });

  it('gives a name up that only UCS-2 can carry when the link then has no room', () => {
    const { body, encoding } = firm({ businessName: '北京设计' }, `https://r.example/${'x'.repeat(120)}`);
    expect(encoding).toBe('GSM-7');
    expect(body.startsWith('Your supplier: invoice INV-202611-0042')).toBe(true);
  });

  it.each(['', ' ', '🦄', '\u202E', null])('speaks of a supplier when the name is %j', (businessName) => {
    expect(firm({ businessName }).body.startsWith('Your supplier: invoice ')).toBe(true);
  });

  it('names no reference when there is none', () => {
    expect(firm({ reference: '' }).body).toContain(': your invoice was due');
  });

  it('cuts long names before it takes a third segment, and says so', () => {
    const { body, segments } = firm({ businessName: 'Long name '.repeat(40), reference: 'R'.repeat(90) });
    expect(segments).toBe(2);
    expect(body).toMatch(
      /^Long name .*\.\.\.: invoice R+\.\.\. is overdue\. Please pay £1,250\.00\. View and pay: /,
    );
  });

  it.each([
    ['EUR', '€1,250.00'],
    ['INR', 'INR 1,250.00'],
    ['KRW', 'KRW 125,000'],
    ['CHF', 'CHF 1,250.00'],
    ['JPY', 'JP¥125,000'],
  ])('writes an amount in %s so that GSM-7 can carry it', (currency, written) => {
    const { body, encoding } = firm({ currency });
    expect(encoding).toBe('GSM-7');
    expect(body).toContain(`Please pay ${written} `);
  });

  it('has no link when there is none', () => {
    const { body } = firm({}, null);
    expect(body).not.toContain('://');
    expect(body.endsWith(STOP)).toBe(true);
  });

  it('has room for a link of 150 septets, whatever else is as long as it can be', () => {
    const payUrl = `https://r.example/${'x'.repeat(132)}`;
    for (const sample of samples) {
      const { body, segments } = renderSms(
        sample.template,
        {
          ...sample.params,
          businessName: '['.repeat(300),
          reference: ']'.repeat(300),
          amount: 90_000_000_000_000,
          currency: 'EUR',
          ...(sample.template === 'final' ? { payBy: '2026-09-30' } : {}),
        },
        { ...sample.links, payUrl },
      );
      expect(segments).toBe(2);
      expect(body.endsWith(` View and pay: ${payUrl}${STOP}`)).toBe(true);
    }
  });

  it('refuses a link that leaves no room', () => {
    expect(() => firm({}, `https://r.example/${'x'.repeat(300)}`)).toThrow('payUrl is too long for an SMS');
  });

  it('never takes more than two segments, and never loses the link, the amount or the way out', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ maxLength: 30 }),
      fc.string({ unit: fc.constantFrom(...Array.from('中€𝔸é 😀[')), maxLength: 30 }),
    );
    const names = fc.tuple(parts, fc.integer({ min: 1, max: 12 })).map(([part, times]) => part.repeat(times));
    const links = fc
      .stringMatching(/^[A-Za-z0-9._~?=&/-]{1,130}$/)
      .map((path) => `https://r.example/${path}`);
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        names,
        names,
        fc.integer({ min: 0, max: 100_000_000 }),
        links,
        (sample, businessName, reference, amount, payUrl) => {
          const params = { ...sample.params, businessName, reference, amount };
          const { body, segments, encoding } = renderSms(sample.template, params, {
            ...sample.links,
            payUrl,
          });
          expect(segments).toBeLessThanOrEqual(2);
          expect(smsSegments(body)).toMatchObject({ segments, encoding });
          expect(body.endsWith(` View and pay: ${payUrl}${STOP}`)).toBe(true);
          expect(body).toContain(pounds(asked(params)));
          expect(body).not.toMatch(/[\p{Control}\p{Bidi_Control}\p{Surrogate}]/u);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

function asked(params: Readonly<Record<string, string | number | boolean | null>>): number {
  const numberOf = (name: string): number => (params['chargesStatutory'] === true ? Number(params[name]) : 0);
  return Number(params['amount']) + numberOf('statutoryInterest') + numberOf('compensation');
}

/** Written without the formatter under test. */
function pounds(pence: number): string {
  const whole = String(Math.floor(pence / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `£${whole}.${String(pence % 100).padStart(2, '0')}`;
}
