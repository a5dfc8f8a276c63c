import { newPhone } from '../../support/seedChase';
import { seedChase } from '../../support/seedChase';
import { hashOf, seedMessage } from '../../support/seedMessage';
import { emailEvent, keyOf } from '../../support/sendgridPost';
import { newMessageSid, statusFields } from '../../support/twilioPost';
import { differs } from '../invariants/books';
import { around } from './points';
import { type Story } from './story';

/** A message that its provider has: what is told of it is still to come. */
const SENT = { status: 'sent', leaseUntil: null, dueAt: null, expiresAt: new Date('2027-03-01T00:00:00Z') };

/** What Twilio tells of two messages: one arrives, the carrier of the other one knows of a STOP. */
export const smsStatus: Story = {
  name: 'sms status',
  crashPoints: around('twilio'),
  provider: null,
  begin: async ({ db }) => {
    const [phone, stopped] = [newPhone(), newPhone()];
    const [sid, refused] = [newMessageSid(), newMessageSid()];
    const arrives = await seedMessage(db, 'sms', phone, { ...SENT, providerMessageId: sid });
    const fails = await seedMessage(db, 'sms', stopped, { ...SENT, providerMessageId: refused });
    const report = (id: string, fields: Record<string, string>) => ({
      do: 'deliver' as const,
      to: 'twilioSmsStatus' as const,
      query: `?o=${id}`,
      body: new URLSearchParams(fields).toString(),
    });
    return {
      deeds: [
        report(arrives.id, statusFields(phone, 'sent', { sid })),
        report(arrives.id, statusFields(phone, 'delivered', { sid })),
        report(fails.id, statusFields(stopped, 'failed', { sid: refused, errorCode: '21610' })),
      ],
      anyOrder: true,
      check: (books) => [
        ...differs('the one that arrived', books.at(arrives.path)['status'], 'delivered'),
        ...differs('the one that failed', books.at(fails.path)['status'], 'failed'),
        ...differs('the opt-out', books.optOutOf(stopped)['status'], 'opted_out'),
        ...differs('audit rows', books.in('sms_opt_out_audit').length, 1),
        ...differs('claims', books.in('processed_events').length, 3),
      ],
    };
  },
};

/** What SendGrid tells in two batches: two e-mails arrive, one comes back. */
export const emailEvents: Story = {
  name: 'email events',
  crashPoints: around('sendgrid'),
  provider: null,
  begin: async ({ db }) => {
    const chase = await seedChase(db);
    const { invoiceId, freelancerId, email } = chase;
    const items = await Promise.all(
      [1, 2, 3].map(() => seedMessage(db, 'email', email, { ...SENT, invoiceId, freelancerId })),
    );
    const [first, second, third] = items;
    const events = [first, second, third].map((item, n) =>
      n < 2
        ? emailEvent('delivered', email, { outboxId: item?.id })
        : emailEvent('bounce', email, { outboxId: item?.id, type: 'bounce', reason: '550 unknown' }),
    );
    const batch = (some: readonly unknown[]) => ({
      do: 'deliver' as const,
      to: 'sendgridEvents' as const,
      body: `${JSON.stringify(some)}\r\n`,
    });
    return {
      deeds: [batch(events.slice(0, 2)), batch(events.slice(1))],
      anyOrder: true,
      check: (books) => [
        ...differs(
          'the items',
          items.map(({ path }) => String(books.at(path)['status'])),
          ['delivered', 'delivered', 'failed'],
        ),
        ...differs(
          'the suppression',
          books.at(`email_suppressions/${hashOf('email', email)}`)['reason'],
          'bounce',
        ),
        ...events.flatMap((event) => differs('a claim', books.has(`processed_events/${keyOf(event)}`), true)),
      ],
    };
  },
};
