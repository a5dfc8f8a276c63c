import { setTimeout } from 'node:timers/promises';
import { type Fired, fire, type LoadRequest } from './fire';

/** The tool sends what belongs to a second at its beginning; so many of it share a second between them. */
const SHARES = 10;

/**
 * Posts each request once, in about their order, `perSecond` in each second and spread over it, as people who do not know
 * of each other would.
 *
 * @throws Error when one was not sent
 */
export async function fireEvenly(
  origin: string,
  requests: readonly LoadRequest[],
  perSecond: number,
): Promise<Fired> {
  const count = Math.min(SHARES, perSecond);
  const shareOf = (n: number): number => Math.floor(((n % perSecond) * count) / perSecond);
  let seconds = 0;
  const fired = await Promise.all(
    Array.from({ length: count }, async (_, share) => {
      const mine = requests.filter((_request, n) => shareOf(n) === share);
      const pace = Array.from({ length: perSecond }, (_second, n) => n).filter((n) => shareOf(n) === share);
      await setTimeout((share * 1_000) / count);
      const seen = await fire(origin, mine, { connections: pace.length, perSecond: pace.length });
      seconds = Math.max(seconds, share / count + seen.seconds);
      return seen;
    }),
  );
  return {
    times: fired.flatMap(({ times }) => times),
    seconds,
    errors: fired.reduce((sum, { errors }) => sum + errors, 0),
  };
}
