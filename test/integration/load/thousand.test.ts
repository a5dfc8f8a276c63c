import { differences, manyPayments } from '../../support/manyPayments';
import { type Harness, post, startHarness } from '../../support/webhookHarness';

const EVENTS = 200;
const TIMES = 5;

describe('a thousand deliveries at once', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.stop());

  it('are 200 payments: every answer 2xx, nothing lost, nothing double, no dead letter', async () => {
    const { db, webhook } = harness;
    const expected = await manyPayments(db, EVENTS, TIMES);

    const answers = await Promise.all(expected.deliveries.map((body) => post(webhook.origin, body)));

    const refused = answers.filter((answer) => answer.status !== 200).map((answer) => answer.status);
    expect({ refused }).toEqual({ refused: [] });
    const first = answers.filter((answer) => JSON.stringify(answer.body).includes('"duplicate":false'));
    expect(first).toHaveLength(EVENTS);
    expect(await differences(db, expected)).toEqual([]);
  }, 180_000);

  it('end in the same state when the process is killed half-way and everything is delivered again', async () => {
    const { db } = harness;
    const expected = await manyPayments(db, EVENTS, TIMES);

    const doomed = await harness.serve('stripeWebhook', {
      RECOUP_CRASH_AT: `stripe.after-commit#${EVENTS / 2}`,
    });
    const firstRound = expected.deliveries.map((body) =>
      post(doomed.origin, body).then(
        ({ status }) => status,
        () => 'no answer',
      ),
    );
    const outcomes = await Promise.all(firstRound);
    expect(outcomes).toContain('no answer');

    const restarted = await harness.serve('stripeWebhook');
    const answers = await Promise.all(expected.deliveries.map((body) => post(restarted.origin, body)));
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([]);
    expect(await differences(db, expected)).toEqual([]);
  }, 180_000);
});
