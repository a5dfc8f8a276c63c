import { type Books } from './books';

/**
 * The token of a lease only rises, each holder has one, and whatever a job's runner wrote was written in one commit
 * with its lease, under the token that counted then.
 */
export function leaseTokens({ ledger }: Books): string[] {
  const wrong: string[] = [];
  const tokens = new Map<string, number>();
  const owners = new Map<string, unknown>();
  for (const { writes } of ledger) {
    const leases = writes.filter(({ path }) => path.startsWith('cron_leases/'));
    for (const { path, fields } of leases) {
      if (fields?.['token'] === undefined) continue;
      const token = Number(fields['token']);
      const before = tokens.get(path) ?? 0;
      if (token <= before) wrong.push(`${path} went from token ${before} to ${token}`);
      if (owners.get(path) === fields['owner']) wrong.push(`${path} was taken twice by one owner`);
      tokens.set(path, token);
      owners.set(path, fields['owner']);
    }
    for (const { path, fields } of writes) {
      if (!/^cron_runs\/[^/]+$/.test(path) || fields === null) continue;
      if (leases.length === 0) wrong.push(`${path} was written without its lease`);
      const held = tokens.get(leases[0]?.path ?? '') ?? 0;
      const under = fields['token'] === undefined ? held : Number(fields['token']);
      if (under !== held) wrong.push(`${path} was written under token ${under}, held was ${held}`);
    }
  }
  return wrong;
}
