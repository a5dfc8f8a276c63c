import {
  type MessageTemplate,
  messageTemplates,
} from '../../../functions/src/domain/messages/messageTemplates';
import { renderEmail } from '../../../functions/src/domain/messages/renderEmail';
import { renderSms } from '../../../functions/src/domain/messages/renderSms';
import { readHtml } from './readHtml';
import { sampleMessages } from './sampleMessages';
import { hasSms } from './hasSms';

const classes: Readonly<Record<string, readonly MessageTemplate[]>> = {
  debtor_service: [
    'invoice',
    'receipt',
    'claim_received',
    'claim_verified',
    'claim_rejected',
    'invoice_cancelled',
    'reminders_stopped',
  ],
  courtesy: ['courtesy_before', 'courtesy_due'],
  dunning: ['gentle', 'firm', 'final'],
  freelancer_notice: [
    'payment_unapplied',
    'overpayment',
    'payment_disputed',
    'payment_refunded',
    'claim_to_verify',
    'claim_reminder',
    'claim_expired',
    'email_bounced',
    'message_unknown',
    'agency_offer',
    'subscription_payment_failed',
    'plan_changed',
    'invoice_disputed',
  ],
  marketing: ['tutorial', 'tips', 'first_week', 'upgrade', 'inactive', 'draft_waiting', 'quota_80'],
};

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  throw new Error('it was not refused');
}

describe('the registry', () => {
  it.each(Object.entries(classes))('%s', (name, templates) => {
    const found = Object.entries(messageTemplates).filter(([, entry]) => entry.class === name);
    expect(found.map(([template]) => template)).toEqual(templates);
  });

  it('sends reminders alone by SMS as well', () => {
    const withSms = Object.entries(messageTemplates).filter(([, { channels }]) => channels.length > 1);
    expect(withSms.map(([template]) => template)).toEqual(['gentle', 'firm', 'final']);
  });
});

describe.each(sampleMessages)('$name', (sample) => {
  const { template, params, links } = sample;
  const renderers = [
    (values: unknown) => renderEmail(template, values, links),
    ...(hasSms(sample) ? [(values: unknown) => renderSms(sample.template, values, links)] : []),
  ];

  it('refuses a value that it does not know, and names it alone', () => {
    for (const render of renderers) {
      const message = messageOf(() => render({ ...params, surprise: 'secret-value' }));
      expect(message).toBe(`the values do not fit the message ${template}: surprise`);
    }
  });

  it('refuses to go without one of its values', () => {
    for (const missing of Object.keys(params)) {
      const rest = Object.fromEntries(Object.entries(params).filter(([name]) => name !== missing));
      for (const render of renderers) {
        expect(messageOf(() => render(rest))).toBe(
          `the values do not fit the message ${template}: ${missing}`,
        );
      }
    }
  });

  it('refuses a value that is not flat, and says nothing of what it holds', () => {
    for (const name of Object.keys(params)) {
      const nested = { ...params, [name]: { address: 'secret-value' } };
      for (const render of renderers) {
        expect(messageOf(() => render(nested))).toBe(
          `the values do not fit the message ${template}: ${name}`,
        );
      }
    }
  });

  it('says the same in HTML and in plain text', () => {
    const { html, text, subject } = renderEmail(template, params, links);
    const read = readHtml(html);
    const words = (from: string): string => from.replace(/[:\s]+/g, ' ').trim();
    const withoutAddresses = text.replace(/^(http.*|-+)$/gm, '');
    expect(words(read.text).endsWith(words(withoutAddresses))).toBe(true);
    for (const link of read.links) expect(text.split('\n')).toContain(link);
    expect(read.text.trimStart().startsWith(`${subject}\n`)).toBe(true);
  });

  it('keeps plain text within 72 columns, but for names and addresses', () => {
    const { text } = renderEmail(template, params, links);
    for (const line of text.split('\n').filter((each) => !each.startsWith('http'))) {
      expect(line.length).toBeLessThanOrEqual(72);
    }
  });
});

describe('what does not fit', () => {
  const [sample] = sampleMessages;
  if (sample === undefined) throw new Error('there are no samples');
  const { params, links } = sample;
  const refused = (change: object): string =>
    messageOf(() => renderEmail('invoice', { ...params, ...change }, links));

  it.each([
    ['amount', -1],
    ['amount', 1.5],
    ['amount', '125000'],
    ['amount', Number.NaN],
    ['currency', 'gbp'],
    ['currency', '£'],
    ['dueDate', '2026-02-30'],
    ['dueDate', '24/11/2026'],
    ['dueDate', null],
    ['reference', null],
    ['clientName', 7],
  ])('%s: %j', (field, value) => {
    expect(refused({ [field]: value })).toBe(`the values do not fit the message invoice: ${field}`);
  });

  it('names all fields together', () => {
    expect(refused({ amount: null, dueDate: 'x' })).toBe(
      'the values do not fit the message invoice: amount, dueDate',
    );
  });

  it.each([null, undefined, 'text', 7, []])('values that are %j', (values) => {
    expect(messageOf(() => renderEmail('invoice', values, links))).toMatch(
      /^the values do not fit the message/,
    );
  });

  it.each(['constructor', '__proto__', 'nothing'])('a template that is called %s', (name) => {
    const template = name as 'invoice';
    expect(messageOf(() => renderEmail(template, params, links))).toBe('there is no such message template');
  });

  it.each([
    ['payUrl', 'javascript:alert(1)'],
    ['payUrl', 'https://app.example/\r\nBcc: x'],
    ['consentUrl', ''],
    ['unsubscribeUrl', 'app.example/u'],
    ['appUrl', 'https://app.example/a b'],
  ])('%s: %j', (name, url) => {
    expect(messageOf(() => renderEmail('invoice', params, { ...links, [name]: url }))).toBe(
      `${name} is not a web address`,
    );
  });

  it.each(classes['marketing'] ?? [])('%s without a way to stop it', (template) => {
    const marketing = sampleMessages.find(({ name }) => name === template);
    const values = marketing?.params;
    expect(messageOf(() => renderEmail(template, values, { ...links, unsubscribeUrl: null }))).toBe(
      'a marketing e-mail needs a link to unsubscribe',
    );
  });
});
