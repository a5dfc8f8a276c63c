import { renderEmail } from '../../../functions/src/domain/messages/renderEmail';
import { renderSms } from '../../../functions/src/domain/messages/renderSms';
import { messageTemplates } from '../../../functions/src/domain/messages/messageTemplates';
import { claimRejections } from '../../../functions/src/domain/messages/templates/claimRejection';
import { readHtml } from './readHtml';
import { type SampleMessage, sampleMessages } from './sampleMessages';
import { hasSms } from './hasSms';

/** A message to a debtor is a service: no advertising, no threat, nothing that pretends to come from a court. */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  [
    'an offer',
    /\boffers?\b|discount|\bdeals?\b|\bsave\b|\bfree\b|\btrial\b|upgrade|\bplans?\b|sign(ing)? up/i,
  ],
  ['a referral', /refer(ral| a friend)|powered by|try recoup|use recoup yourself|invite/i],
  ['credit reporting', /credit (rating|score|file|record|report|reference|history|agenc)|\bblacklist/i],
  [
    'a court',
    /\bcourts?\b|\bccjs?\b|\bjudge?ments?\b|\bclaim form\b|\bsummons\b|\bclaimant\b|\bdefendant\b/i,
  ],
  [
    'the law as a threat',
    /legal (action|proceeding|step|notice)|solicitor|lawyer|\bsue\b|prosecut|criminal/i,
  ],
  ['enforcement', /bailiff|enforce|debt collect|collection agenc|\bagency\b|repossess|\bseiz/i],
  ['a letter before action', /letter (of claim|before)|before action|statutory demand|\bdemand/i],
  ['pressure', /immediate|urgent|\bnow\b|last chance|act fast|\bfailure to\b|consequence|\bmust\b|!/i],
];

const debtorClasses: readonly string[] = ['dunning', 'courtesy', 'debtor_service'];
const toDebtors = sampleMessages.filter(({ template }) =>
  debtorClasses.includes(messageTemplates[template].class),
);
const rejections = toDebtors
  .filter(({ name }) => name === 'claim_rejected')
  .flatMap((sample) =>
    claimRejections.map((reason) => ({
      ...sample,
      name: `claim_rejected ${reason}`,
      params: { ...sample.params, reason },
    })),
  );

function everythingOf(sample: SampleMessage): string {
  const { subject, html, text } = renderEmail(sample.template, sample.params, sample.links);
  const sms = hasSms(sample) ? renderSms(sample.template, sample.params, sample.links).body : '';
  return [subject, readHtml(html).text, text, sms].join('\n').replace(/\s+/g, ' ');
}

describe.each([...toDebtors, ...rejections])('$name', (sample) => {
  it.each(FORBIDDEN)('holds no word of %s', (_, words) => {
    expect(everythingOf(sample)).not.toMatch(words);
  });

  it('does not shout', () => {
    const words = everythingOf(sample).replaceAll(/INV-\d+-\d+|\bSTOP\b/g, '');
    expect(words).not.toMatch(/\b[A-Z]{3,}\b/);
  });

  it('says who writes, and why to this person', () => {
    const { text } = renderEmail(sample.template, sample.params, sample.links);
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /Recoup sends invoices and reminders for businesses\. You get this e-mail because .+ gave us your address for /,
    );
  });

  it('offers to choose and to stop', () => {
    const { html, text } = renderEmail(sample.template, sample.params, sample.links);
    for (const url of [sample.links.consentUrl, sample.links.unsubscribeUrl]) {
      expect(readHtml(html).links).toContain(url);
      expect(text.split('\n')).toContain(url);
    }
  });
});

describe('the notice that an account is closed', () => {
  const closed = toDebtors.filter(({ template }) => template === 'reminders_stopped').map(everythingOf);

  it.each(closed)('never says that nothing is owed', (words) => {
    expect(words).not.toMatch(
      /owe|nothing|no longer (due|payable)|cancel|waive|written off|do(es)? not have to/i,
    );
    expect(words).toContain('Please pay Ada Bell Design directly');
  });

  it('has no way to pay through us', () => {
    const sample = sampleMessages.find(({ name }) => name === 'reminders_stopped');
    if (sample === undefined) throw new Error('there is no sample of reminders_stopped');
    const { html, text } = renderEmail('reminders_stopped', sample.params, sample.links);
    expect(readHtml(html).links).not.toContain(sample.links.payUrl);
    expect(text).not.toContain(sample.links.payUrl);
  });
});
