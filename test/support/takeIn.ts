import { type StripeEvent } from './stripePayment';
import { deliver, type Harness } from './webhookHarness';

/** Delivers events one after the other; fails unless each is answered with 200. */
export async function takeIn(harness: Harness, ...events: readonly StripeEvent[]): Promise<void> {
  for (const event of events) {
    for (const { status, body } of await deliver(harness.webhook.origin, event)) {
      if (status === 200) continue;
      throw new Error(
        `${String(event['type'])} was answered with ${status} ${JSON.stringify(body)}\n${harness.webhook.logTail(5)}`,
      );
    }
  }
}

/** What a delivery says of itself, for tests in which it may be refused. */
export async function statusOf(harness: Harness, event: StripeEvent): Promise<number | undefined> {
  const [answer] = await deliver(harness.webhook.origin, event);
  return answer?.status;
}

/** Outcomes of the claims of these events; null where an event has none. */
export async function outcomesOf(
  harness: Harness,
  ...events: readonly StripeEvent[]
): Promise<(string | null)[]> {
  const refs = events.map(({ id }) => harness.db.doc(`processed_events/stripe_${id}`));
  const claims = await harness.db.getAll(...refs);
  return claims.map((claim) => (claim.exists ? String(claim.get('outcome')) : null));
}

/** Ids of the events of this project whose failure was recorded and is not resolved. */
export async function openFailures(harness: Harness): Promise<string[]> {
  const rows = await harness.db.collection('failed_webhooks').where('status', '!=', 'resolved').get();
  return rows.docs.map((row) => `${row.id} is ${String(row.get('status'))}`);
}
