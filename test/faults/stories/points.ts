/** The crash points around the commit of something with this name. */
export function around(...names: readonly string[]): string[] {
  return names.flatMap((name) => [`${name}.before-commit`, `${name}.after-commit`]);
}

/** The crash points that every job with a lease passes. */
export const JOB_POINTS = [
  'lease.before-acquire',
  'lease.after-acquire',
  'lease.before-write',
  'lease.after-write',
  'job.after-start',
  'job.before-finish',
] as const;

/** The crash points of a message that is sent. */
export const SEND_POINTS = [
  'send.before-claim',
  'send.after-claim',
  'send.after-provider',
  'send.before-settle',
  'send.after-settle',
] as const;
