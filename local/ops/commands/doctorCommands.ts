import { type Commands } from '../command';
import { doctor } from '../doctor';

/** What is misconfigured. */
export const doctorCommands: Commands = {
  doctor: {
    usage: 'doctor',
    words: 0,
    run: (target) => doctor(target),
    show: (result) => {
      const findings = result as Awaited<ReturnType<typeof doctor>>;
      if (findings.length === 0) return 'Nothing is wrong.';
      return findings
        .map(({ check, severity, what, fix }) => `${severity} ${check}: ${what}\n  -> ${fix}`)
        .join('\n');
    },
    failed: (result) =>
      (result as Awaited<ReturnType<typeof doctor>>).some((one) => one.severity === 'error'),
  },
};
