import { CODES, type Verdict } from '../../faults/wire/verdict';
import { countOf } from '../../faults/wire/fields';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type DoorWorld, startDoorWorld } from '../../support/doorWorld';
import { type MessageHarness } from '../../support/messageHarness';
import { seedInvoice } from '../../support/seed';
import { seedReminder } from '../../support/seedReminder';
import { seedWaiting } from '../../support/seedMessage';
import { newPayment, says } from '../../support/stripePayment';
import { inboundFields, newPhone, postAsTwilio } from '../../support/twilioPost';
import { deliver } from '../../support/webhookHarness';

/** Of a commit: its second field. */
const WRITES = 2;
/** An error that the client library takes for final. */
const PERMISSION_DENIED = 7;

describe('a commit that was made, and whose answer was lost', () => {
  let world: DoorWorld;
  let harness: MessageHarness;
  let sendSms: ServedFunction;
  let stripe: ServedFunction;
  beforeAll(async () => {
    world = await startDoorWorld('twilioSmsReply');
    ({ harness } = world);
    [sendSms, stripe] = await Promise.all([harness.serve('sendSms'), harness.serve('stripeWebhook')]);
  });
  afterAll(() => world.stop());

  /** Loses the answers to the next commits that write something. */
  function loseAnswers(...verdicts: Verdict[]): void {
    world.door.rule = ({ method, request }) => {
      const writes = method === 'Commit' && countOf(request, WRITES) > 0;
      return (writes ? verdicts.shift() : undefined) ?? { kind: 'pass' };
    };
  }

  const reset = { kind: 'lose_answer', code: 'reset' } as const;
  const unavailable = { kind: 'lose_answer', code: CODES.UNAVAILABLE } as const;
  const tooSlow = { kind: 'lose_answer', code: CODES.DEADLINE_EXCEEDED } as const;

  const HOW = [
    ['the connection broke', reset],
    ['the answer was UNAVAILABLE', unavailable],
    ['the answer was DEADLINE_EXCEEDED', tooSlow],
  ] as const;

  it.each(HOW)(
    '(%s) is known again: a STOP is answered, and what waits is cancelled',
    async (_how, verdict) => {
      const phone = newPhone();
      const waiting = await seedWaiting(harness.db, 'sms', phone);
      loseAnswers(verdict);
      const fields = inboundFields(phone, 'STOP');
      const answer = await postAsTwilio(harness.webhook.origin, { path: 'sms-reply', fields });
      expect([answer.status, answer.body.includes('unsubscribed')]).toEqual([200, true]);
      expect((await waiting.get()).get('status')).toBe('cancelled');
      expect((await harness.db.collection('failed_webhooks').get()).size).toBe(0);
    },
  );

  it.each(HOW)('(%s) is known again: a claimed message is sent, once', async (_how, verdict) => {
    const { item } = await seedReminder(harness, 'sms');
    loseAnswers(verdict);
    expect(await harness.dispatch(sendSms, item.id)).toBeLessThan(300);
    expect((await item.get()).data()).toMatchObject({ status: 'sent', attempts: 1 });
    expect(harness.sent().filter(({ outboxId }) => outboxId === item.id)).toHaveLength(1);
  });

  it('and that was not found again at once is told all the same: a payment that fits no invoice, once', async () => {
    const payment = newPayment(await seedInvoice(harness.db, { status: 'cancelled' }));
    let state: 'before' | 'lost' | 'given up' = 'before';
    world.door.rule = ({ method, request }) => {
      if (state === 'before' && method === 'Commit') {
        state = 'lost';
        return tooSlow;
      }
      if (state === 'lost' && method === 'BatchGetDocuments') {
        // Only the record of the failure does not ask for the payment.
        if (request.includes('/transactions/')) return { kind: 'refuse', code: PERMISSION_DENIED };
        state = 'given up';
      }
      return { kind: 'pass' };
    };
    const [answer] = await deliver(stripe.origin, says.intentPaid(payment));
    expect([answer?.status, state]).toEqual([200, 'given up']);
    const told = stripe
      .logTail(100)
      .split('\n')
      .filter((line) => line.includes('"alert":"payment_unapplied"'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`"transactionId":"${payment.paymentIntent}"`);
    expect(told[0]).toContain('"reason":"invoice_cancelled"');
  });
});
