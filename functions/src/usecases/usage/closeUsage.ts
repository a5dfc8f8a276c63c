import { type DocumentReference } from 'firebase-admin/firestore';
import * as z from 'zod';
import { usageSchema } from '../../domain/usage/usageMarker';
import { crashPoint } from '../../platform/crashPoint';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

const closableSchema = usageSchema.extend({
  closedAt: z.date().nullish(),
});

/** Closes the count of one freelancer's month: what it came to stays beside the counters, which may still be given back. */
export function closeUsage(
  deps: Pick<Deps, 'db' | 'random'>,
  ref: DocumentReference,
  now: Date,
): Promise<'closed' | 'closed_before'> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const usage = decode(closableSchema, unit.snapshot(ref));
    if (usage === null || usage.closedAt != null) return 'closed_before';
    unit.update(ref, {
      closedAt: now,
      summary: { counters: usage.counters, limits: usage.limits },
      updatedAt: now,
    });
    crashPoint('usage.before-commit');
    await unit.commit();
    crashPoint('usage.after-commit');
    return 'closed';
  });
}
