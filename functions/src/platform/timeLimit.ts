import { TransientFailure } from './errors';

/**
 * What `work` gives, if it gives it in time. The work itself goes on: whatever it still does must be safe to happen
 * after its caller has given up.
 *
 * @param limitMs milliseconds
 * @throws TransientFailure `too_slow`
 */
export async function timeLimit<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TransientFailure('too_slow', 'It took too long.'));
    }, limitMs);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
