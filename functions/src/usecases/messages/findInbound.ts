import * as z from 'zod';
import { intentOf } from '../../domain/optOut/intentOf';
import { asRecoupError } from '../../platform/errors';
import { log } from '../../platform/log';
import { type ListedSms } from '../../providers/twilio/smsGateway';
import { claimReference } from '../../store/claim';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { applyInboundSms } from '../applyInboundSms';
import { type Deps } from '../deps';
import { type JobOutcome, type JobRun } from '../runLeasedJob';

const stateSchema = z.object({ seenUntil: z.date() });

/** Looked at again each time: Twilio may list a message a little late, and clocks differ. */
const OVERLAP_MS = 2 * 60 * 60 * 1000;
/**
 * A YES is left alone for so long: a webhook that is bringing it may take it as an opt-in, and once it is kept as a reply
 * it is one for ever. Longer than Twilio waits for a webhook, and clocks differ; far shorter than the overlap.
 */
const YES_WAIT_MS = 2 * 60 * 1000;
/** How far the first run looks back. */
const FIRST_LOOK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Takes in the text messages to our number that no webhook has brought: Twilio tries a webhook for 15 seconds, and
 * what comes in an outage is then lost to us. Goes on where the last run that got through began, less an overlap, so
 * that no outage of ours is too long.
 */
export async function findInbound(deps: Deps, run: JobRun): Promise<JobOutcome> {
  try {
    return await compare(deps, run);
  } catch (error) {
    if (!(error instanceof ListUnavailable)) throw error;
    // Nothing is lost by it: the next run begins where this one did.
    log.listUnavailable({ cause: error.cause });
    run.counts['inbound_not_listed'] = 1;
    return 'finished';
  }
}

class ListUnavailable extends Error {}

async function compare(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const ref = collections.reconciliation(deps.db, 'twilio_inbound');
  const state = decode(stateSchema, await ref.get());
  const { now } = run;
  const since = new Date((state?.seenUntil.getTime() ?? now.getTime() - FIRST_LOOK_MS) - OVERLAP_MS);
  const toTryAgain: string[] = [];
  for await (const sms of listed(deps, since)) {
    if (run.signal.aborted || run.outOfTime()) return 'continues';
    const outcome = await takeIn(deps, run, sms).catch((error: unknown) => {
      const { code, retryable } = asRecoupError(error);
      log.inboundLeft({ eventId: sms.messageId, code, cause: error });
      if (retryable) toTryAgain.push(sms.messageId);
      return 'inbound_failed';
    });
    run.counts[outcome] = (run.counts[outcome] ?? 0) + 1;
  }
  // What failed for now must be listed again.
  if (toTryAgain.length === 0) await ref.set({ seenUntil: now, updatedAt: now });
  return 'finished';
}

async function* listed(deps: Deps, since: Date): AsyncGenerator<ListedSms> {
  try {
    yield* deps.sms.listReceived(since);
  } catch (cause) {
    throw new ListUnavailable('the list of text messages can not be asked', { cause });
  }
}

async function takeIn(deps: Deps, { now }: JobRun, sms: ListedSms): Promise<string> {
  const claim = await claimReference(deps.db, { source: 'twilio', eventId: sms.messageId }).get();
  if (claim.exists) return 'inbound_known';
  const { messageId: messageSid, from, to, body, at } = sms;
  const inbound = { messageSid, from, to, body, optOutType: null };
  const isYoung = now.getTime() - at.getTime() < YES_WAIT_MS;
  if (isYoung && intentOf(inbound) === 'yes') return 'inbound_left';
  const origin = { via: 'reconciliation', sentAt: at } as const;
  const result = await applyInboundSms(deps, deps.random.uuid(), inbound, origin);
  if (result === null) return 'inbound_left';
  return result.duplicate ? 'inbound_known' : 'inbound_found';
}
