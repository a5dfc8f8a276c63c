import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { eachDocument, outcomeOf } from '../eachDocument';
import { plansOf } from '../gate/plansOf';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { queueBehaviouralEmail } from './queueBehaviouralEmail';

/** Queues at most one behavioural e-mail for each freelancer who has agreed to such e-mails; others are not even read. */
export async function sendBehavioralEmails(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const { db } = deps;
  const users = collections.consentingUsers(db);
  const plans = plansOf(await collections.systemConfig(db, 'plans').get());
  const walk = await eachDocument(
    run,
    run.cursor === null ? users : users.startAfter(run.cursor),
    (doc) => queueBehaviouralEmail(deps, plans, doc, run.now),
    {
      onError: ({ id }, error) =>
        log.jobItemLeft({ jobName: 'send-behavioral-emails', itemId: id, code: error.code, cause: error }),
      afterPage: ({ id }) => run.saveCursor(id),
    },
  );
  // What is tried again begins with the first: those who were written to have their marker.
  if (walk.toTryAgain > 0) await run.saveCursor(null);
  return outcomeOf(walk);
}
