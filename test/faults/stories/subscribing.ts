import { newId } from '../../support/stripeEvents';
import { type Books, differs } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { type Story } from './story';

export const newcomer = (uid: string): Record<string, unknown> => ({
  email: `${uid}@studio.example`,
  name: 'Ada Free',
  businessName: 'Ada Studio',
  subscriptionTier: 'free',
});

/** A freelancer asks twice for the page on which he subscribes. */
export const subscribing: Story = {
  name: 'createSubscriptionCheckout',
  crashPoints: ['customer.after-stripe', 'customer.after-commit'],
  provider: 'stripe',
  begin: async ({ db }) => {
    const uid = newId('user');
    await db.doc(`users/${uid}`).set(newcomer(uid));
    const ask: Deed = {
      do: 'call',
      name: 'createSubscriptionCheckout',
      uid,
      data: { plan: 'growth', interval: 'month' },
    };
    return {
      deeds: [ask, ask],
      check: (books) => [
        ...differs(
          'customers, by whose they are',
          books.in('stripe_customers').map(([id, row]) => [id, String(row['uid'])]),
          [[String(books.at(`users/${uid}`)['stripeCustomerId']), uid]],
        ),
        ...differs('keys of customers', keysOf(books, '/v1/customers'), [`customer_${uid}_1`]),
        ...differs('keys of pages', keysOf(books, '/v1/checkout/sessions').length, 1),
      ],
    };
  },
};

function keysOf({ accepted }: Books, path: string): (string | null)[] {
  const made = accepted.filter((request) => request.method === 'POST' && request.path === path);
  return [...new Set(made.map(({ idempotencyKey }) => idempotencyKey))];
}
