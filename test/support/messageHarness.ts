import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { startTaskInbox, type TaskInbox } from './taskInbox';
import { unsignedToken } from './unsignedToken';
import { type Harness, startHarness } from './webhookHarness';

/** As the functions emulator runs a function: the library believes what a token says. */
const AUTH = { FIREBASE_DEBUG_MODE: 'true', FIREBASE_DEBUG_FEATURES: '{"skipTokenVerification":true}' };

/** A Tuesday at ten in London, no holiday: everything may go out. */
export const TUESDAY = '2026-11-24T10:00:00Z';

export interface MessageHarness extends Harness {
  readonly tasks: TaskInbox;
  /** Moves the clock of all served functions; it stands there. */
  travel(instant: string | Date): void;
  now(): Date;
  /** Dispatches one task to a served `sendSms` or `sendEmail`. @returns the HTTP status */
  dispatch(worker: ServedFunction, outboxId: string): Promise<number>;
}

/**
 * The harness of the webhooks with a clock that a test sets and queues that a test empties.
 *
 * @param target the export behind `webhook`
 * @param providersTravel whether the providers live in the same time as the functions
 */
export async function startMessageHarness(
  env: Record<string, string> = {},
  { target, providersTravel = false }: { readonly target?: string; readonly providersTravel?: boolean } = {},
): Promise<MessageHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-clock-'));
  const clockFile = join(folder, 'now');
  let at = new Date(TUESDAY);
  const travel = (instant: string | Date): void => {
    at = new Date(instant);
    writeFileSync(clockFile, at.toISOString());
  };
  travel(TUESDAY);
  const tasks = await startTaskInbox();
  const harness = await startHarness(
    { ...AUTH, RECOUP_CLOCK_FILE: clockFile, CLOUD_TASKS_EMULATOR_HOST: tasks.host, ...env },
    target,
    providersTravel ? () => at : undefined,
  );
  return {
    ...harness,
    tasks,
    travel,
    now: () => at,
    dispatch: (worker, outboxId) => dispatchTask(harness, worker, outboxId),
    stop: async () => {
      await harness.stop();
      await tasks.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function dispatchTask(harness: Harness, worker: ServedFunction, outboxId: string): Promise<number> {
  const response = await fetch(worker.origin, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${unsignedToken(harness.projectId, 'cloud-tasks')}`,
      'x-cloudtasks-queuename': 'queue',
      'x-cloudtasks-taskname': outboxId,
    },
    body: JSON.stringify({ data: { outboxId } }),
  });
  await response.text();
  return response.status;
}
