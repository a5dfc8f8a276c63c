import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type AcceptedRequest } from '../../local/sandbox/requestLog';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { type CallAnswer, callFunction } from './callFunction';
import { scheduledFor, tickWell } from './jobTick';
import { type AuthInbox, startAuthInbox } from './authInbox';
import { startTaskInbox, type TaskInbox } from './taskInbox';
import { unsignedToken } from './unsignedToken';
import { type Harness, startHarness } from './webhookHarness';

/** As the functions emulator runs a function: the library believes what a token says. */
const AUTH = { FIREBASE_DEBUG_MODE: 'true', FIREBASE_DEBUG_FEATURES: '{"skipTokenVerification":true}' };

/** A Tuesday at ten in London, no holiday: everything may go out. */
export const TUESDAY = '2026-11-24T10:00:00Z';

/** One message that a provider took. */
export interface SentMessage {
  readonly channel: 'sms' | 'email';
  readonly outboxId: string;
  readonly at: Date;
  /** Seconds; text messages only. */
  readonly validitySeconds: number;
  /** What the provider calls it. */
  readonly messageId: string;
}

/** Schedule times name runs; each is used once, and lies before any time that a test travels to. */
const FIRST_TICK = Date.parse('2026-01-01T00:00:00Z');
let ticks = 0;

export interface MessageHarness extends Harness {
  readonly tasks: TaskInbox;
  readonly auth: AuthInbox;
  /** Moves the clock of all served functions; it stands there. */
  travel(instant: string | Date): void;
  now(): Date;
  /** Has a served job run once, at the clock's time. @throws when it fails */
  run(job: ServedFunction): Promise<void>;
  /** Calls a served callable as this user. */
  call(callable: ServedFunction, uid: string, data: object): Promise<CallAnswer>;
  /** What was accepted for sending so far: the item's id and when, oldest first. */
  sent(): SentMessage[];
  /** Dispatches one task to a served `sendSms` or `sendEmail`. @returns the HTTP status */
  dispatch(worker: ServedFunction, outboxId: string): Promise<number>;
  /** Dispatches any task. @param retries how often the queue has tried before. @returns the HTTP status */
  dispatchData(
    worker: ServedFunction,
    data: Readonly<Record<string, string>>,
    retries?: number,
  ): Promise<number>;
}

/**
 * The harness of the webhooks with a clock that a test sets, for the functions and the providers alike, and queues that
 * a test empties.
 */
export async function startMessageHarness(
  env: Record<string, string> = {},
  {
    target = 'sendSms',
    random,
  }: {
    /** The export behind `webhook`. */
    readonly target?: string;
    /** Draws the providers' faults and lost callbacks. */
    readonly random?: () => number;
  } = {},
): Promise<MessageHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-clock-'));
  const clockFile = join(folder, 'now');
  let at = new Date(TUESDAY);
  const travel = (instant: string | Date): void => {
    at = new Date(instant);
    // Replaced as a whole: whoever reads it meanwhile must not find it empty.
    writeFileSync(`${clockFile}.new`, at.toISOString());
    renameSync(`${clockFile}.new`, clockFile);
  };
  travel(TUESDAY);
  const tasks = await startTaskInbox();
  const auth = await startAuthInbox();
  const harness = await startHarness(
    {
      ...AUTH,
      RECOUP_CLOCK_FILE: clockFile,
      CLOUD_TASKS_EMULATOR_HOST: tasks.host,
      FIREBASE_AUTH_EMULATOR_HOST: auth.host,
      ...env,
    },
    target,
    { now: () => at, ...(random === undefined ? {} : { random }) },
  );
  return {
    ...harness,
    tasks,
    auth,
    travel,
    now: () => at,
    run: (job) => {
      ticks += 1;
      return tickWell(job, scheduledFor(new Date(FIRST_TICK + ticks * 1_000)));
    },
    call: (callable, uid, data) => callFunction(callable.origin, data, unsignedToken(harness.projectId, uid)),
    sent: () => harness.sandbox.accepted().flatMap(sentMessage),
    dispatch: (worker, outboxId) => dispatchTask(harness, worker, { outboxId }, 0),
    dispatchData: (worker, data, retries = 0) => dispatchTask(harness, worker, data, retries),
    stop: async () => {
      await harness.stop();
      await tasks.stop();
      await auth.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const smsSchema = z.object({ StatusCallback: z.string(), ValidityPeriod: z.coerce.number() });
const emailSchema = z.object({ custom_args: z.object({ outboxId: z.string() }) });

function sentMessage({ provider, method, body, at, answer = {} }: AcceptedRequest): SentMessage[] {
  if (method !== 'POST' || provider === 'stripe') return [];
  if (provider === 'twilio') {
    const { StatusCallback, ValidityPeriod } = smsSchema.parse(body);
    const outboxId = new URL(StatusCallback).searchParams.get('o') ?? '';
    const messageId = answer['sid'] ?? '';
    return [{ channel: 'sms', outboxId, at: new Date(at), validitySeconds: ValidityPeriod, messageId }];
  }
  const { outboxId } = emailSchema.parse(body).custom_args;
  const messageId = answer['messageId'] ?? '';
  return [{ channel: 'email', outboxId, at: new Date(at), validitySeconds: 0, messageId }];
}

async function dispatchTask(
  harness: Harness,
  worker: ServedFunction,
  data: Readonly<Record<string, string>>,
  retries: number,
): Promise<number> {
  const response = await fetch(worker.origin, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${unsignedToken(harness.projectId, 'cloud-tasks')}`,
      'x-cloudtasks-queuename': 'queue',
      'x-cloudtasks-taskname': 'task',
      'x-cloudtasks-taskretrycount': String(retries),
    },
    body: JSON.stringify({ data }),
  });
  await response.text();
  return response.status;
}
