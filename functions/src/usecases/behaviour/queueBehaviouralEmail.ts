import { type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import * as z from 'zod';
import { INACTIVE_EVERY_MS } from '../../domain/behaviour/behaviourPolicy';
import { type Plans } from '../../domain/gate/plans';
import { londonDay } from '../../domain/londonDay';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { queueMessage } from '../queueMessage';
import { behaviouralEmails, type Candidate } from './behaviouralEmails';
import { behaviouralUserSchema, isReachable } from './behaviouralUser';

const markerSchema = z.object({ sentAt: z.date() });

/** Its marker is written anew with each: whoever looks twice on one day finds that there was one. */
const LATEST = 'behavioural_latest';

/**
 * Queues the behavioural e-mail whose time it is, if there is one, and marks it as sent for ever in the same commit. One
 * a day, however often he is looked at. The freelancer's consent is asked again by the send gate.
 *
 * @returns the template, or why there is none
 */
export async function queueBehaviouralEmail(
  deps: Deps,
  plans: Plans,
  doc: QueryDocumentSnapshot,
  now: Date,
): Promise<string> {
  const { db } = deps;
  const uid = doc.id;
  const user = decode(behaviouralUserSchema, doc);
  if (!isReachable(user)) return 'not_reachable';
  const candidates = behaviouralEmails(db, plans, { uid, user, since: doc.createTime.toDate() }, now);
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    const keys = candidates.flatMap(({ key, also }) => (also === undefined ? [key] : [key, also]));
    await unit.read(...[LATEST, ...keys].map((key) => collections.sentMarker(db, uid, key)));
    const markedAt = (key: string): Date | null =>
      decode(markerSchema, unit.snapshot(collections.sentMarker(db, uid, key)))?.sentAt ?? null;
    const latest = markedAt(LATEST);
    if (latest !== null && londonDay(latest) === londonDay(now)) return 'had_one_today';
    const due = await firstDue(candidates.filter((candidate) => !isDone(candidate, markedAt, now)));
    if (due === null) return 'nothing_due';
    const { template, key, params } = due;
    const marker = { freelancerId: uid, template, sentAt: now };
    unit.create(collections.sentMarker(db, uid, key), marker);
    unit.save(collections.sentMarker(db, uid, LATEST), marker);
    queueMessage(
      deps,
      unit,
      {
        id: key === template ? `${template}_${uid}` : `${template}_${uid}_${key.slice(template.length + 1)}`,
        channel: 'email',
        template,
        invoiceId: null,
        freelancerId: uid,
        to: user.email,
        params,
      },
      now,
    );
    crashPoint('behaviour.before-commit');
    await unit.commit();
    crashPoint('behaviour.after-commit');
    return template;
  });
}

function isDone({ key, also }: Candidate, markedAt: (key: string) => Date | null, now: Date): boolean {
  if (markedAt(key) !== null) return true;
  const earlier = also === undefined ? null : markedAt(also);
  return earlier !== null && now.getTime() - earlier.getTime() < INACTIVE_EVERY_MS;
}

async function firstDue(candidates: readonly Candidate[]) {
  for (const { template, key, look } of candidates) {
    const params = await look();
    if (params !== null) return { template, key, params };
  }
  return null;
}
