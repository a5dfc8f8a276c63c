import * as deployed from '../../../../functions/src/index';
import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { inFlight } from '../../../support/inFlight';
import { type MessageHarness, startMessageHarness } from '../../../support/messageHarness';
import { localSetting } from '../../../support/sandboxSettings';
import { seedReminder, type SeededReminder } from '../../../support/seedReminder';
import { type EnqueuedTask } from '../../../support/taskInbox';

const MESSAGES = 500;
/** The last Friday of April 2027, one minute before the day's contact hours end in London. Monday is a bank holiday. */
const FRIDAY = Date.parse('2027-04-30T16:59:00Z');
const CLOSES = Date.parse('2027-04-30T17:00:00Z');
const TUESDAY = Date.parse('2027-05-04T08:00:00Z');

/** The rate at which the deployed queue dispatches. */
function perSecond(): number {
  process.env['SMS_PER_SECOND'] = localSetting('SMS_PER_SECOND');
  const rate: unknown = deployed.sendSms.__endpoint.taskQueueTrigger?.rateLimits?.maxDispatchesPerSecond;
  return typeof rate === 'object' && rate !== null && 'value' in rate && typeof rate.value === 'function'
    ? Number((rate as { value: () => unknown }).value())
    : Number(rate);
}

describe(`${MESSAGES} text messages that are due a minute before closing`, () => {
  let harness: MessageHarness;
  let dispatchOutbox: ServedFunction;
  let reminders: SeededReminder[];
  beforeAll(async () => {
    harness = await startMessageHarness();
    dispatchOutbox = await harness.serve('dispatchOutbox');
    harness.travel(new Date(FRIDAY));
    const all = Array.from({ length: MESSAGES });
    reminders = await inFlight(all, 25, () => seedReminder(harness, 'sms'));
  });
  afterAll(() => harness.stop());

  const sentMessages = () => harness.sent().filter(({ channel }) => channel === 'sms');

  /** Dispatches tasks at the queue's rate from `start` on, so many at a time, the clock standing meanwhile. */
  async function dispatch(tasks: readonly EnqueuedTask[], start: number, atOnce: number): Promise<void> {
    for (let from = 0; from < tasks.length; from += atOnce) {
      harness.travel(new Date(start + (from / perSecond()) * 1_000));
      const statuses = await Promise.all(
        tasks.slice(from, from + atOnce).map(({ outboxId }) => harness.dispatch(harness.webhook, outboxId)),
      );
      expect(statuses.filter((status) => status >= 300)).toEqual([]);
    }
  }

  it('the queue sends one in a second', () => {
    expect(perSecond()).toBe(1);
  });

  it('what could be delivered after hours is put off to the next working day', async () => {
    await harness.run(dispatchOutbox);
    const tasks = harness.tasks.take();
    expect(tasks).toHaveLength(MESSAGES);
    // Second by second until it closes.
    const before = 62 * perSecond();
    await dispatch(tasks.slice(0, before), FRIDAY, 1);
    await dispatch(tasks.slice(before), FRIDAY + 62_000, 20);
    const sent = sentMessages();
    expect(sent.length).toBeGreaterThan(0);
    for (const { at, validitySeconds } of sent) {
      expect(at.getTime() + validitySeconds * 1_000).toBeLessThanOrEqual(CLOSES);
    }
    const rows = await harness.db.getAll(...reminders.map(({ item }) => item));
    const waiting = rows.filter((row) => row.get('status') === 'pending');
    expect(waiting).toHaveLength(MESSAGES - sent.length);
    for (const row of waiting) {
      expect((row.get('notBefore') as { toMillis(): number }).toMillis()).toBe(TUESDAY);
      expect(row.get('reason')).toBe('scheduled for the next permitted time');
    }
  });

  it('nothing leaves over the weekend and the bank holiday', async () => {
    const before = sentMessages().length;
    for (const day of ['2027-05-01T09:00:00Z', '2027-05-03T09:00:00Z', '2027-05-04T07:59:59Z']) {
      harness.travel(day);
      await harness.run(dispatchOutbox);
      expect(harness.tasks.take()).toEqual([]);
      // Whoever asks for it all the same.
      const [one] = reminders.slice(-1);
      await harness.dispatch(harness.webhook, one?.item.id ?? '');
    }
    expect(sentMessages()).toHaveLength(before);
  });

  it('from nine on all the others leave, at the same rate, each once', async () => {
    const before = sentMessages().length;
    harness.travel(new Date(TUESDAY));
    await harness.run(dispatchOutbox);
    const tasks = harness.tasks.take();
    expect(tasks).toHaveLength(MESSAGES - before);
    await dispatch(tasks, TUESDAY, 10);
    const sent = sentMessages();
    expect(sent).toHaveLength(MESSAGES);
    expect(new Set(sent.map(({ outboxId }) => outboxId)).size).toBe(MESSAGES);
    expect(new Set(sent.slice(before).map(({ at }) => Math.floor(at.getTime() / 10_000))).size).toBe(
      Math.ceil((MESSAGES - before) / 10 / perSecond()),
    );
    const rows = await harness.db.getAll(...reminders.map(({ item }) => item));
    expect(new Set(rows.map((row) => String(row.get('status'))))).toEqual(new Set(['sent']));
    // Those that were sent are not taken to the queue again.
    harness.travel(new Date(TUESDAY + 3_600_000));
    await harness.run(dispatchOutbox);
    expect(harness.tasks.take()).toEqual([]);
  });
});
