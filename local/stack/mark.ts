import { randomBytes } from 'node:crypto';

/** Environment variable that every process of one launcher inherits, however deep: what we end is what we started. */
export const MARK = 'RECOUP_MARK';

/** A new mark below the one that this process carries itself, so that an outer launcher still finds it. */
export function newMark(): string {
  const own = randomBytes(4).toString('hex');
  const outer = process.env[MARK];
  return outer === undefined || outer === '' ? own : `${outer}.${own}`;
}
