import { asRecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { SingleFlight } from '../platform/singleFlight';
import { timeLimit } from '../platform/timeLimit';
import { eventKey } from '../store/claim';
import { prepareContactSetting } from './contact/contactSetting';
import { type Deps } from './deps';
import { type IncomingEvent } from './incomingEvent';
import { recordFailure } from './recordFailure';

export type Receipt =
  | {
      readonly kind: 'applied';
      readonly duplicate: boolean;
      /** What became of it, as the claim says. */
      readonly outcome: string;
    }
  /** Verified, but it can not be used: kept as a dead letter for a person. Redelivering it would not help. */
  | { readonly kind: 'dead_letter' }
  /** Failed for now and recorded; the retries, or a redelivery, will apply it. */
  | { readonly kind: 'will_retry' };

/**
 * Longest time for applying an event and for recording that it failed, milliseconds. A Firestore that is away is asked
 * for most of a minute by its own client; at 60 s the platform would end the request, with no answer and no log line.
 * Whatever is given up on here may still be committed: the claim makes a redelivery, or the retry, find it.
 */
const APPLY_LIMIT_MS = 25_000;
const RECORD_LIMIT_MS = 15_000;

const inFlight = new SingleFlight<Receipt>();

/**
 * Takes in a live delivery whose signature was verified, whoever sent it: applied, or durably recorded. Deliveries of
 * one event that meet in this instance are one attempt, so that they do not race each other to the same commit.
 *
 * @throws whatever kept it from being recorded, when it was neither applied nor recorded
 */
export async function receiveEvent(deps: Deps, incoming: IncomingEvent): Promise<Receipt> {
  const { result, leader } = await inFlight.run(eventKey(incoming.identity), () => receive(deps, incoming));
  return result.kind === 'applied' && !leader ? { ...result, duplicate: true } : result;
}

async function receive(deps: Deps, incoming: IncomingEvent): Promise<Receipt> {
  const event = incoming.identity;
  const receivedAt = deps.clock.now();
  const attemptId = deps.random.uuid();
  try {
    await prepareContactSetting(deps);
    return await apply(incoming, attemptId);
  } catch (thrown) {
    const error = asRecoupError(thrown);
    const recording = timeLimit(RECORD_LIMIT_MS, recordFailure(deps, incoming, receivedAt, error));
    const status = await recording.catch((cause: unknown) => {
      log.webhookNotRecorded({ ...event, cause });
      throw error;
    });
    // The commit was made after all, ours or another delivery's. If it was ours, what follows a commit is still to do.
    if (status === 'processed') {
      const known = { kind: 'applied', duplicate: true, outcome: 'processed' } as const;
      return apply(incoming, attemptId).catch(() => known);
    }
    // A dead letter is for a person; any other answer than 200 would only bring the same bytes again.
    return error.retryable ? { kind: 'will_retry' } : { kind: 'dead_letter' };
  }
}

async function apply(incoming: IncomingEvent, attemptId: string): Promise<Receipt> {
  const result = await timeLimit(APPLY_LIMIT_MS, incoming.apply(attemptId));
  const { duplicate, outcome, conflicts } = result ?? { duplicate: false, outcome: 'ignored', conflicts: 0 };
  log.webhookHandled({ ...incoming.identity, outcome, duplicate, conflicts });
  return { kind: 'applied', duplicate, outcome };
}
