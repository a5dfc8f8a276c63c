import { type DocumentData, type Firestore } from 'firebase-admin/firestore';
import { hashOf } from './seedMessage';
import { newPhone } from './seedChase';
import { seedInvoice } from './seed';
import { newId } from './stripeEvents';

export interface SeededLife {
  readonly invoiceId: string;
  readonly reference: string;
  /** Contact data that no operator is to see. */
  readonly email: string;
  readonly phone: string;
}

type Story = readonly (readonly [at: string, what: string, reason: string | null])[];

/** A whole life of an invoice as the server would have left it: sent, chased by e-mail and text message, and paid. */
export async function seedLife(db: Firestore): Promise<SeededLife> {
  const [email, phone, reference] = [`${newId('debtor')}@client.example`, newPhone(), 'INV-0042'];
  const { invoiceId, freelancerId } = await seedInvoice(db, {
    reference,
    clientEmail: email,
    clientPhone: phone,
    status: 'paid',
    amount: 120_000,
    amountPaid: 120_000,
    dueDate: '2026-10-16',
    createdAt: new Date('2026-10-01T09:12:00Z'),
    sentAt: new Date('2026-10-02T08:30:00Z'),
    paidAt: new Date('2026-11-04T11:20:05Z'),
    nextActionAt: null,
    escalationLevel: 'firm',
  });
  const batch = db.batch();
  const message = (
    id: string,
    channel: 'email' | 'sms',
    fields: { class: string; template: string; level: string | null; status: string },
    story: Story,
  ): void => {
    const [[queuedAt] = [''], ...moves] = story;
    batch.set(db.doc(`outbox/${id}`), {
      ...fields,
      channel,
      invoiceId,
      freelancerId,
      reason: null,
      attempts: 1,
      recipientHash: hashOf(channel, channel === 'email' ? email : phone),
      createdAt: new Date(queuedAt),
      updatedAt: new Date(moves.at(-1)?.[0] ?? queuedAt),
      history: moves.map(([at, what, reason]) => ({ at: new Date(at), what, reason, notBefore: null })),
    });
  };
  const callback = (key: string, eventType: string, at: string, about: DocumentData): void => {
    const [source = ''] = key.split('_');
    const fields = {
      eventId: key,
      source,
      eventType,
      processedAt: new Date(at),
      attemptId: 'a',
      outcome: 'applied',
    };
    batch.set(db.doc(`processed_events/${key}`), { ...fields, metadata: about });
  };
  const chase = (id: string, eventType: string, level: string | null, at: string): void => {
    const fields = { freelancerId, invoiceId, eventType, level, channel: null, message: '', skipped: [] };
    batch.set(db.doc(`escalation_timeline/${invoiceId}_${id}`), { ...fields, timestamp: new Date(at) });
  };

  message(
    `invoice_${invoiceId}`,
    'email',
    { class: 'debtor_service', template: 'invoice', level: null, status: 'delivered' },
    [
      ['2026-10-02T08:30:00Z', 'queued', null],
      ['2026-10-02T08:30:02Z', 'passed', null],
      ['2026-10-02T08:30:03Z', 'sent', null],
      ['2026-10-02T08:30:09Z', 'delivered', null],
    ],
  );
  callback(`sendgrid_${newId('sg')}`, 'delivered', '2026-10-02T08:30:09Z', {
    outboxId: `invoice_${invoiceId}`,
  });
  chase('gentle', 'escalated', 'gentle', '2026-10-21T09:00:00Z');
  const gentle = `dunning_${invoiceId}_gentle_email`;
  message(gentle, 'email', { class: 'dunning', template: 'gentle', level: 'gentle', status: 'delivered' }, [
    ['2026-10-21T09:00:00Z', 'queued', null],
    ['2026-10-21T09:00:01Z', 'passed', null],
    ['2026-10-21T09:00:02Z', 'sent', null],
    ['2026-10-21T09:00:31Z', 'delivered', null],
  ]);
  callback(`sendgrid_${newId('sg')}`, 'delivered', '2026-10-21T09:00:31Z', { outboxId: gentle });
  chase('firm', 'escalated', 'firm', '2026-10-31T06:00:00Z');
  const [firmEmail, firmSms] = [`dunning_${invoiceId}_firm_email`, `dunning_${invoiceId}_firm_sms`];
  message(firmEmail, 'email', { class: 'dunning', template: 'firm', level: 'firm', status: 'delivered' }, [
    ['2026-10-31T06:00:00Z', 'queued', null],
    ['2026-10-31T06:00:01Z', 'deferred', 'scheduled for the next permitted time'],
    ['2026-10-31T08:00:03Z', 'passed', null],
    ['2026-10-31T08:00:04Z', 'sent', null],
    ['2026-10-31T08:00:12Z', 'delivered', null],
  ]);
  message(firmSms, 'sms', { class: 'dunning', template: 'firm', level: 'firm', status: 'delivered' }, [
    ['2026-10-31T06:00:00Z', 'queued', null],
    ['2026-10-31T06:00:02Z', 'deferred', 'scheduled for the next permitted time'],
    ['2026-11-02T09:00:02Z', 'passed', null],
    ['2026-11-02T09:00:03Z', 'sent', null],
    ['2026-11-02T09:00:07Z', 'delivered', null],
  ]);
  callback(`twilio_${newId('SM')}_delivered`, 'delivered', '2026-11-02T09:00:07Z', { outboxId: firmSms });
  const payment = newId('pi');
  callback(`stripe_${newId('evt')}`, 'checkout.session.completed', '2026-11-04T11:20:05Z', { invoiceId });
  batch.set(db.doc(`transactions/${payment}`), {
    invoiceId,
    freelancerId,
    kind: 'payment',
    amount: 120_000,
    refunded: 0,
    disputed: 0,
    currency: 'GBP',
    status: 'completed',
    applied: true,
    createdAt: new Date('2026-11-04T11:20:05Z'),
  });
  chase(`payment_${payment}`, 'payment_received', null, '2026-11-04T11:20:05Z');
  message(
    `receipt_${payment}`,
    'email',
    { class: 'debtor_service', template: 'receipt', level: null, status: 'sent' },
    [
      ['2026-11-04T11:20:05Z', 'queued', null],
      ['2026-11-04T11:20:07Z', 'passed', null],
      ['2026-11-04T11:20:08Z', 'sent', null],
    ],
  );
  await batch.commit();
  return { invoiceId, reference, email, phone };
}
