import { putObject } from '../../support/sandboxStripe';
import { event, newId } from '../../support/stripeEvents';
import { differs } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { around } from './points';
import { type Story } from './story';
import { newcomer } from './subscribing';

/** One freelancer asks twice for his connected account; of another's Stripe says twice that something changed. */
export const connecting: Story = {
  name: 'connected accounts',
  crashPoints: ['onboarding.after-account', ...around('onboarding', 'stripe')],
  provider: 'stripe',
  begin: async ({ db, sandbox }) => {
    const [asker, holder] = [newId('user'), newId('user')];
    const account = newId('acct');
    await db.doc(`users/${asker}`).set(newcomer(asker));
    await db.doc(`users/${holder}`).set({ ...newcomer(holder), stripeAccountId: account });
    const made = { id: account, object: 'account', metadata: { kind: 'account', freelancerId: holder } };
    await putObject(sandbox, { ...made, charges_enabled: true, details_submitted: true });
    const ask: Deed = { do: 'call', name: 'createStripeOnboardingLink', uid: asker, data: {} };
    // What an event shows may be old; what counts is what Stripe says when it is asked.
    const events = [false, true].map((charges) =>
      event('account.updated', { ...made, charges_enabled: charges }, { account }),
    );
    return {
      deeds: [
        ask,
        ...events.map((told): Deed => ({ do: 'deliver', to: 'stripeWebhook', body: JSON.stringify(told) })),
        ask,
      ],
      anyOrder: true,
      check: (books) => {
        const accounts = books.accepted.filter(
          ({ provider, method, path }) =>
            provider === 'stripe' && method === 'POST' && path === '/v1/accounts',
        );
        const { stripeChargesEnabled, stripeDetailsSubmitted } = books.at(`users/${holder}`);
        return [
          ...differs(
            'keys of accounts',
            [...new Set(accounts.map((made) => made.idempotencyKey))],
            [`account_${asker}`],
          ),
          ...differs(
            'the account is written down',
            typeof books.at(`users/${asker}`)['stripeAccountId'],
            'string',
          ),
          ...differs('what the account can do', [stripeChargesEnabled, stripeDetailsSubmitted], [true, true]),
          ...differs(
            'claims',
            events.map(({ id }) => books.has(`processed_events/stripe_${id}`)),
            [true, true],
          ),
        ];
      },
    };
  },
};
