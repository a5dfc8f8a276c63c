import * as z from 'zod';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type WalkAnswer } from '../contact/walkContact';
import { type Deps } from '../deps';

const schema = z.object({
  to: z.string(),
  /** What the setting's `from` was then. */
  from: z.date().nullish(),
  cursor: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
});

/** How far a walk over all contact data has come, so that whoever starts it again goes on. */
export interface ContactProgress {
  readonly cursor: string | null;
  /** Notes what was done. @returns the counts so far */
  save(done: WalkAnswer): Promise<Readonly<Record<string, number>>>;
}

/**
 * @param to what it is about: another walk begins at the start
 * @param from since when that is asked for. Where something else was asked for in between, rows behind the cursor may have
 *   been written in the other form: that walk begins at the start too
 */
export async function contactProgress(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  to: string,
  from: Date | null,
): Promise<ContactProgress> {
  const ref = collections.reconciliation(db, 'contact_data');
  const known = decode(schema, await ref.get());
  const isSame = known?.to === to && known.from?.getTime() === from?.getTime();
  const goesOn = isSame && known.cursor !== null ? known : null;
  return {
    cursor: goesOn?.cursor ?? null,
    save: async ({ cursor, counts }) => {
      const total: Record<string, number> = { ...goesOn?.counts };
      for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
      await ref.set({ to, from, cursor, counts: total, updatedAt: clock.now() });
      return total;
    },
  };
}
