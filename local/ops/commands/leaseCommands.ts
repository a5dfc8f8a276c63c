import { callAsked, type Commands, required } from '../command';
import { listLeases } from '../listLeases';

/** Which job is at work. */
export const leaseCommands: Commands = {
  'leases list': { usage: 'leases list', words: 0, run: (target) => listLeases(target) },
  'leases release': {
    usage: 'leases release <job-name> [--reason <text>] --as <email>',
    words: 1,
    run: (target, [jobName], options) =>
      callAsked(
        target,
        'release a lease',
        'releaseLease',
        { jobName: required(jobName, '<job-name>'), reason: options.reason ?? null },
        options,
      ),
  },
};
