import { type Firestore } from 'firebase-admin/firestore';
import { seedFailedEvent } from './seedFailedEvent';
import { seedMessage, seedWaiting } from './seedMessage';
import { newId } from './stripeEvents';

const HOUR_MS = 60 * 60 * 1000;
const HOURS = 30;

/** What an ordinary bad day has left for operators to look at: a history of the queues, leases, runs, failures. */
export async function seedOperations(db: Firestore, address: string): Promise<{ failed: string }> {
  const now = Date.now();
  const batch = db.batch();
  for (let n = 1; n <= HOURS; n += 1) {
    const startedAt = new Date(now - n * HOUR_MS);
    // A provider was away for some hours in the middle.
    const away = Math.max(0, 6 - Math.abs(n - 12));
    const scheduleTime = startedAt.toISOString();
    batch.set(db.doc(`cron_runs/maintain-queues_${scheduleTime}`), {
      jobName: 'maintain-queues',
      token: HOURS - n,
      scheduleTime,
      startedAt,
      finishedAt: new Date(startedAt.getTime() + 2_000),
      outcome: 'finished',
      cursor: null,
      error: null,
      counts: {
        webhooks_pending_retry: away * 7,
        webhooks_retrying: 0,
        webhooks_dead_letter: n < 8 ? 2 : n < 10 ? 1 : 0,
        webhooks_late_seconds: away * 40,
        webhooks_oldest_dead_letter_seconds: n < 10 ? (10 - n) * 3_600 : 0,
        messages_pending: 4 + (n % 5) * 3 + away * 2,
        messages_sending: 0,
        messages_unknown: n % 7 === 0 ? 1 : 0,
        messages_late_seconds: away * 25,
        messages_oldest_pending_seconds: 1_500 + (n % 6) * 600 + away * 900,
      },
    });
  }
  const recent = (secondsAgo: number): Date => new Date(now - secondsAgo * 1000);
  for (const [jobName, secondsAgo, counts] of [
    ['retry-webhooks', 40, { resolved: 2, rescheduled: 1 }],
    ['dispatch-outbox', 35, { enqueued: 12 }],
    ['process-escalations', 7_200, { escalated: 31, paused: 2 }],
  ] as const) {
    const scheduleTime = recent(secondsAgo).toISOString();
    batch.set(db.doc(`cron_runs/${jobName}_${scheduleTime}`), {
      jobName,
      token: 7,
      scheduleTime,
      startedAt: recent(secondsAgo),
      finishedAt: recent(secondsAgo - 3),
      outcome: 'finished',
      counts,
      cursor: null,
      error: null,
    });
  }
  const lease = { acquiredAt: recent(90), heartbeatAt: recent(20), expiresAt: recent(-100) };
  batch.set(db.doc('cron_leases/reconcile-messages'), { ...lease, owner: 'somebody', token: 12 });
  for (const jobName of ['retry-webhooks', 'dispatch-outbox', 'process-escalations', 'maintain-queues'])
    batch.set(db.doc(`cron_leases/${jobName}`), { ...lease, owner: null, token: 7 });
  await batch.commit();

  // The dead letters are as old as the runs above have counted; one retry is three minutes late.
  for (const [source, eventType, status, minutesOld, lastError] of [
    [
      'sendgrid',
      'bounce',
      'pending_retry',
      14,
      { code: 'contention', message: 'Too many others are writing the same records.' },
    ],
    [
      'twilio',
      'sms_status',
      'dead_letter',
      10 * 60 + 5,
      { code: 'corrupt_document', message: 'A record of ours does not fit its schema.' },
    ],
    [
      'clerk',
      'user.updated',
      'dead_letter',
      8 * 60 + 5,
      { code: 'invalid_event', message: 'The event does not fit its schema.' },
    ],
  ] as const) {
    const nextRetryAt = status === 'dead_letter' ? null : recent(180);
    const attempts = status === 'dead_letter' ? 8 : 2;
    const createdAt = recent(minutesOld * 60);
    await seedFailedEvent(
      db,
      { source, eventId: newId('evt'), bytes: '{}' },
      { eventType, status, lastError, nextRetryAt, attempts, createdAt },
    );
  }
  const failed = await seedMessage(db, 'email', address, {
    status: 'failed',
    reason: 'bounced',
    leaseUntil: null,
    expiresAt: new Date(now + 90 * 24 * HOUR_MS),
  });
  for (const minutesOld of [52, 34, 31, 12, 6])
    await seedWaiting(db, 'email', address, {
      createdAt: recent(minutesOld * 60),
      dueAt: recent(-600),
      notBefore: recent(-600),
    });
  return { failed: failed.id };
}
