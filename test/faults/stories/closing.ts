import { seedLeaver } from '../../support/seedLeaver';
import { type Books, differs } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { around } from './points';
import { type Story } from './story';

const HOUR_MS = 3_600_000;
/** Of an invoice; where it is sealed there is a hash beside each address. */
const CONTACT = ['clientEmail', 'clientPhone', 'clientEmailHash', 'clientPhoneHash'] as const;

/** A freelancer leaves: three days later his chases end, his debtors are told, and then the account is closed and erased. */
export const closing: Story = {
  name: 'closing an account',
  crashPoints: [
    ...around('delete-account', 'close-invoice'),
    'close-account.after-start',
    'close-account.after-page',
    'close-account.after-invoices',
    'close-account.after-subscription',
    'close-account.after-telling',
    'close-account.before-finish',
    'close-account.after-finish',
    'erase-account.after-page',
    'erase-account.after-sign-in',
    'erase-account.before-finish',
    'erase-account.after-finish',
  ],
  provider: 'stripe',
  begin: async (scene) => {
    const leaver = await seedLeaver(scene, 2);
    const { uid, chases, reminderId, templateId, subscriptionId, sessionId } = leaver;
    scene.auth.add(uid);
    const run = (hours: number): Deed => ({
      do: 'tick',
      job: 'closeAccounts',
      notBefore: new Date(scene.now().getTime() + hours * HOUR_MS),
    });
    const notices = chases.map(({ invoiceId }) => `reminders_stopped_${invoiceId}`).sort();
    return {
      deeds: [
        { do: 'call', name: 'deleteMyAccount', uid, data: {} },
        run(73),
        ...notices.map((outboxId): Deed => ({ do: 'task', queue: 'sendEmail', data: { outboxId } })),
        run(74),
      ],
      check: (books) => [
        ...chases.flatMap(({ invoiceId }) => wrongsOfInvoice(books, invoiceId)),
        ...notices.flatMap((id) => differs(`${id} was sent`, books.timesSent().get(id), 1)),
        ...differs('the reminder', books.timesSent().get(reminderId) ?? 0, 0),
        // What need not be kept is gone, and what is kept names no address.
        ...differs('the retainer', books.has(`recurring_invoices/${templateId}`), false),
        ...differs('messages that are left', idsOf(books, uid), []),
        ...differs('the payment page', books.at(`checkout_expiries/${sessionId}`)['status'], 'done'),
        ...differs(
          'the subscription was cancelled',
          books.accepted.some(
            ({ method, path }) => method === 'DELETE' && path === `/v1/subscriptions/${subscriptionId}`,
          ),
          true,
        ),
        ...differs('the account', books.at(`users/${uid}`)['status'], 'closed'),
        ...differs('a way to sign in', scene.auth.has(uid), false),
        ...differs(
          'what was written down of it',
          books
            .in('data_deletion_requests')
            .map(([, row]) => String(row['event']))
            .sort(),
          ['account_closed', 'done', 'requested'],
        ),
      ],
    };
  },
};

/** We do nothing for it any more, and the debt stays. */
function wrongsOfInvoice(books: Books, invoiceId: string): string[] {
  const { status, nextActionAt, amountPaid, ...contact } = books.at(`invoices/${invoiceId}`);
  const left = CONTACT.filter((field) => contact[field] != null);
  const { closedAt, closedReason } = books.at(`escalation_states/${invoiceId}`);
  return [
    ...differs('an invoice', [status, nextActionAt, amountPaid ?? 0], ['in_collections', null, 0]),
    ...differs('its contact data', left, []),
    ...differs('its chase', [closedAt instanceof Date, closedReason], [true, 'account_closed']),
    ...differs('its time line', books.has(`escalation_timeline/${invoiceId}_closed_account`), true),
  ];
}

function idsOf(books: Books, uid: string): string[] {
  return books
    .in('outbox')
    .flatMap(([id, row]) => (row['freelancerId'] === uid ? [id] : []))
    .sort();
}
