import { clerkDeletion, clerkUser } from '../../support/clerkPost';
import { newId } from '../../support/stripeEvents';
import { differs } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { around } from './points';
import { type Story } from './story';

const GRACE_MS = 72 * 3_600_000;

/** What Clerk tells of a user until he is deleted there. */
export const clerk: Story = {
  name: 'clerk events',
  crashPoints: around('clerk'),
  provider: null,
  begin: (scene) => {
    const { random, now } = scene;
    const uid = newId('user');
    const returns = random.below(2) === 0;
    const events = [
      clerkUser('user.created', uid, { firstName: 'Zero' }),
      clerkUser('user.updated', uid, { firstName: 'One', updated: 1 }),
      clerkDeletion(uid, 2),
      ...(returns ? [clerkUser('user.updated', uid, { firstName: 'Back', updated: 3 })] : []),
    ].map((body) => ({ body: JSON.stringify(body), eventId: newId('msg') }));
    const began = now();
    return Promise.resolve({
      deeds: events.map((told): Deed => ({ do: 'deliver', to: 'clerkWebhook', ...told })),
      anyOrder: true,
      check: (books) => {
        // By the clock of the instance that was told, if that is wrong in this plan.
        const graceMs = GRACE_MS - Math.abs(scene.skewMinutes) * 60_000;
        const { status, closing, name, subscriptionTier, role } = books.at(`users/${uid}`);
        const claims = events.map(({ eventId }) => books.has(`processed_events/clerk_${eventId}`));
        const requests = books.in('data_deletion_requests').filter(([, row]) => row['event'] === 'requested');
        return [
          ...differs(
            'claims',
            claims,
            claims.map(() => true),
          ),
          ...differs('what the server decides', [subscriptionTier, role], ['free', 'user']),
          ...(returns
            ? differs('the account', [status, closing ?? null, name], ['active', null, 'Back Free'])
            : [
                // With no chases and no messages it is closed when its days of grace are over.
                ...differs('the account', status, 'closed'),
                ...differs('its requests', requests.length, 1),
                ...differs('time went by', books.now.getTime() - began.getTime() >= graceMs, true),
              ]),
        ];
      },
    });
  },
};
