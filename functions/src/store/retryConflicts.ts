import { setTimeout as delay } from 'node:timers/promises';
import { TransientFailure } from '../platform/errors';
import { type Random } from '../platform/random';
import { CommitUnanswered } from './commitUnanswered';
import { isConflict } from './isConflict';

/** Longest pause between two tries, milliseconds: with 30 writers on one document each gets its turn within seconds. */
const LONGEST_PAUSE_MS = 400;

/** Give up after this many conflicts; the event is then recorded for a retry, so that nothing is lost. */
const MOST_CONFLICTS = 60;

/** One that gets no answer twice will hardly get one the third time, and each may take a minute. */
const MOST_UNANSWERED = 2;

/**
 * Runs `work` until its commit meets no conflict. Each try reads anew. Pauses grow and are random, so that writers of
 * one document spread out instead of colliding again. A commit that nobody answered is a conflict too, with ourselves
 * perhaps: `work` knows by what it reads whether it is done.
 *
 * @param work gets the number of conflicts so far
 * @throws TransientFailure `contention` when it never gets through
 */
export async function retryConflicts<T>(random: Random, work: (conflicts: number) => Promise<T>): Promise<T> {
  let unanswered = 0;
  for (let conflicts = 0; ; conflicts += 1) {
    try {
      return await work(conflicts);
    } catch (error) {
      if (error instanceof CommitUnanswered) unanswered += 1;
      else if (!isConflict(error)) throw error;
      if (unanswered > MOST_UNANSWERED) throw error;
      if (conflicts >= MOST_CONFLICTS) {
        throw new TransientFailure('contention', 'Too many others are writing the same records.', {
          cause: error,
        });
      }
      const ceiling = Math.min(LONGEST_PAUSE_MS, 5 * 2 ** conflicts);
      await delay(random.fraction() * ceiling);
    }
  }
}
