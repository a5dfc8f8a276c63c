import { type Firestore } from 'firebase-admin/firestore';
import { seedInvoice } from '../../test/support/seed';
import {
  charge,
  checkoutSession,
  dispute,
  event,
  invoiceMetadata,
  newId,
  paymentIntent as paymentIntentObject,
} from '../../test/support/stripeEvents';

/** One kind of delivery: what it takes, and the most Firestore calls that it may cost. */
export interface DeliveryKind {
  readonly name: string;
  /** Calls by method; a method that is not named may not be called at all. */
  readonly budget: Readonly<Record<string, number>>;
  /** Makes the event, with everything that it needs in place. `deliver` posts an event that comes before it. */
  prepare(db: Firestore, deliver: (event: object) => Promise<void>): Promise<object>;
}

const AMOUNT = 10_000;

async function payment(db: Firestore): Promise<{ paymentIntent: string; paid: object }> {
  const { invoiceId, freelancerId } = await seedInvoice(db);
  const paymentIntent = newId('pi');
  const metadata = invoiceMetadata(invoiceId, freelancerId);
  const session = checkoutSession({ paymentIntent, amount: AMOUNT, metadata });
  return { paymentIntent, paid: event('checkout.session.completed', session) };
}

export const deliveryKinds: readonly DeliveryKind[] = [
  {
    name: 'a payment, first delivery',
    budget: { BatchGetDocuments: 1, Commit: 1 },
    prepare: async (db) => (await payment(db)).paid,
  },
  {
    name: 'the same payment again',
    budget: { BatchGetDocuments: 1 },
    prepare: async (db, deliver) => {
      const { paid } = await payment(db);
      await deliver(paid);
      return paid;
    },
  },
  {
    name: 'its Payment Intent, after its Session',
    budget: { BatchGetDocuments: 1, Commit: 1 },
    prepare: async (db, deliver) => {
      const { invoiceId, freelancerId } = await seedInvoice(db);
      const fields = {
        paymentIntent: newId('pi'),
        amount: AMOUNT,
        metadata: invoiceMetadata(invoiceId, freelancerId),
      };
      await deliver(event('checkout.session.completed', checkoutSession(fields)));
      return event('payment_intent.succeeded', paymentIntentObject(fields));
    },
  },
  {
    // The refund names no invoice: the payment is read first, then its invoice.
    name: 'a refund',
    budget: { BatchGetDocuments: 2, Commit: 1 },
    prepare: async (db, deliver) => {
      const { paymentIntent, paid } = await payment(db);
      await deliver(paid);
      return event('charge.refunded', charge({ paymentIntent, amount: AMOUNT, refunded: 4_000 }));
    },
  },
  {
    name: 'a dispute',
    budget: { BatchGetDocuments: 2, Commit: 1 },
    prepare: async (db, deliver) => {
      const { paymentIntent, paid } = await payment(db);
      await deliver(paid);
      const fields = { paymentIntent, amount: AMOUNT, dispute: newId('dp'), status: 'needs_response' };
      return event('charge.dispute.created', dispute(fields));
    },
  },
  {
    name: 'a payment that can not be applied',
    budget: { BatchGetDocuments: 1, Commit: 1 },
    prepare: async (db) => {
      const { invoiceId, freelancerId } = await seedInvoice(db, { status: 'cancelled' });
      const metadata = invoiceMetadata(invoiceId, freelancerId);
      return event(
        'checkout.session.completed',
        checkoutSession({ paymentIntent: newId('pi'), amount: AMOUNT, metadata }),
      );
    },
  },
  {
    name: 'an event that is not ours',
    budget: {},
    prepare: () => Promise.resolve(event('customer.created', { id: newId('cus'), object: 'customer' })),
  },
  {
    name: 'an event that can not be used (dead letter)',
    budget: { BatchGetDocuments: 1, Commit: 1 },
    prepare: () =>
      Promise.resolve(
        event(
          'checkout.session.completed',
          checkoutSession(
            { paymentIntent: newId('pi'), amount: AMOUNT, metadata: invoiceMetadata('inv_x', 'user_x') },
            { payment_intent: null },
          ),
        ),
      ),
  },
];
