import { type Books } from './books';

/** No message is claimed for sending after a "no" of its address was committed, and none beyond its hours. */
export function claimsAfterNo(books: Books): string[] {
  const wrong: string[] = [];
  const no = new Set<string>();
  for (const { writes } of books.ledger) {
    // A claim in the very commit of a "no" is none after it.
    const before = new Set(no);
    for (const { path, fields } of writes) {
      const [collection = '', id = ''] = path.split('/');
      if (collection === 'sms_opt_outs' && fields?.['status'] !== undefined) {
        if (fields['status'] === 'opted_out') no.add(id);
        else no.delete(id);
      }
      if (collection === 'email_suppressions') no.add(id);
    }
    for (const { path, fields } of writes) {
      if (!path.startsWith('outbox/') || fields?.['status'] !== 'sending') continue;
      const to = String(books.at(`${path}/private/content`)['to']);
      const hash = String(books.at(path)['recipientHash']);
      if (before.has(to) || before.has(hash)) wrong.push(`${path} was claimed after a "no" of its address`);
      const row = books.at(path);
      if (row['class'] === 'dunning' && fields['claimedAt'] instanceof Date)
        wrong.push(...outOfHours(path, row['channel'] === 'sms', fields['claimedAt']));
    }
  }
  return wrong;
}

/** London in winter is UTC; stories of reminders are played in November. */
function outOfHours(path: string, bySms: boolean, at: Date): string[] {
  const [opens, closes, lastDay] = bySms ? [9, 18, 5] : [8, 19, 6];
  const hour = at.getUTCHours();
  const day = at.getUTCDay() === 0 ? 7 : at.getUTCDay();
  return hour >= opens && hour < closes && day <= lastDay
    ? []
    : [`${path} was claimed at ${at.toISOString()}, outside of its hours`];
}
