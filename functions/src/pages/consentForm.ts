import { type DebtorChoice } from '../domain/consent/debtorChoice';
import { escapeHtml } from '../domain/messages/escapeHtml';
import { formatDay } from '../domain/messages/templates/formatDay';
import { formatMoney } from '../domain/money/formatMoney';
import { type ConsentView } from '../usecases/consent/viewConsent';
import { type Page } from './sendPage';

const STATUS: Readonly<Record<string, string>> = {
  sent: 'to be paid',
  overdue: 'overdue',
  in_collections: 'overdue',
  paid: 'paid',
  disputed: 'disputed',
  refunded: 'refunded',
};

/**
 * The page that a debtor sees. Everything that came from people is escaped here.
 *
 * @param token verified: letters, digits, `_`, `-` and full stops
 */
export function consentForm(view: ConsentView, token: string): Page {
  const business = escapeHtml(view.businessName ?? 'the business that sent you the invoice');
  return {
    title: 'How you are contacted',
    body: `<p>Recoup sends messages about invoices for ${business}. Here you see what we hold about you for that, and choose how you may be contacted.</p>
<h2>What we hold about you</h2>
<dl>
${row('Name', view.held.name ?? 'none')}
${row('E-mail address', view.held.email)}
${row('Number for text messages', view.held.phone ?? 'none')}
</dl>
<p>We have it from ${business}, and use it for messages about its invoices only.</p>
${invoiceOf(view)}
<h2>Your choice</h2>
<form method="post" action="?t=${token}">
<fieldset>
<legend>How may you be contacted about invoices of ${business}?</legend>
${choicesFor(view).join('\n')}
</fieldset>
<p><button type="submit">Save my choice</button></p>
</form>
<p>Text messages can also be stopped by answering one with STOP, and allowed again with START. Your choice changes nothing in what you may owe.</p>`,
  };
}

function invoiceOf({ invoice }: ConsentView): string {
  if (invoice === null) return '<h2>The invoice</h2>\n<p>This invoice was cancelled.</p>';
  const { reference, amount, left, currency, dueDate, status, payUrl } = invoice;
  return `<h2>The invoice</h2>
<dl>
${row('Reference', reference)}
${row('Amount', formatMoney(amount, currency))}
${row('Still to be paid', formatMoney(left, currency))}
${row('Due on', dueDate === null ? 'not said' : formatDay(dueDate))}
${row('State', STATUS[status] ?? status)}
</dl>
<p><a href="${escapeHtml(payUrl)}">See the invoice: pay it, say that it is paid, or say what is wrong with it</a></p>`;
}

function row(name: string, value: string): string {
  return `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`;
}

/** Text messages are offered where there is a number, and what is chosen already is marked. */
function choicesFor({ held, choice }: ConsentView): string[] {
  const hasPhone = held.phone !== null && held.phone !== '';
  const words: readonly (readonly [DebtorChoice, string])[] = [
    ['email', 'By e-mail only'],
    ...(hasPhone
      ? ([
          ['sms', 'By text message only'],
          ['both', 'By e-mail and by text message'],
        ] as const)
      : []),
    ['neither', hasPhone ? 'Neither by e-mail nor by text message' : 'Not by e-mail'],
    ['object', 'I object: contact me no more, about invoices of any business'],
  ];
  return words.map(([value, text]) => {
    const checked = choice === value ? ' checked' : '';
    return `<p><label><input type="radio" name="choice" value="${value}" required${checked}> ${text}</label></p>`;
  });
}
