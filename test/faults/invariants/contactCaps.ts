import { type Books } from './books';

const DAY_MS = 86_400_000;
const MOST_IN_SEVEN_DAYS = 3;

/** No address gets more than one reminder in a day or three in seven. Stories of reminders are played in November. */
export function contactCaps(books: Books): string[] {
  const claims = new Map<string, Map<string, Date>>();
  for (const { writes } of books.ledger) {
    for (const { path, fields } of writes) {
      const row = books.at(path);
      if (fields?.['status'] !== 'sending' || row['class'] !== 'dunning') continue;
      if (!(fields['claimedAt'] instanceof Date)) continue;
      const address = String(row['recipientHash']);
      const own = claims.get(address) ?? new Map<string, Date>();
      // One that is tried again has its place already.
      if (!own.has(path)) own.set(path, fields['claimedAt']);
      claims.set(address, own);
    }
  }
  return [...claims].flatMap(([address, own]) => {
    const times = [...own.values()].map((at) => at.getTime()).sort((a, b) => a - b);
    const days = new Set(times.map((at) => Math.floor(at / DAY_MS)));
    const tooMany = times.some((at, n) => {
      const fourth = times[n + MOST_IN_SEVEN_DAYS];
      return fourth !== undefined && fourth - at < 7 * DAY_MS;
    });
    return days.size < times.length || tooMany
      ? [`${address} got too many reminders: ${times.join(', ')}`]
      : [];
  });
}
