import { parseArgs } from 'node:util';
import { runJob } from './jobs/runJob';
import { JOBS } from './jobs/jobs';
import { runCommand } from './stack/runCommand';
import { readStackNote } from './stack/stackNote';
import { StartError } from './stack/startError';

/** `npm run job -- <job-name> [--at ISO]`: runs one tick of a scheduled job on the running stack. */
async function job(): Promise<number> {
  const { name, at } = readCommandLine();
  const functionName = JOBS[name];
  if (functionName === undefined) {
    throw new StartError(`There is no job "${name}"; the jobs are: ${Object.keys(JOBS).join(', ')}.`);
  }
  const note = readStackNote();
  const functionsOrigin = process.env['FUNCTIONS_EMULATOR_ORIGIN'] ?? note?.functionsOrigin;
  if (functionsOrigin === undefined) {
    throw new StartError(
      'No local stack is running here: start one with `npm start`, or set FUNCTIONS_EMULATOR_ORIGIN.',
    );
  }
  const firestoreHost = process.env['FIRESTORE_EMULATOR_HOST'] ?? note?.firestoreHost;
  return runJob({ functionsOrigin, firestoreHost, name, functionName, scheduleTime: scheduleTime(at) });
}

function readCommandLine(): { name: string; at: string | undefined } {
  const usage = `Usage: npm run job -- <job-name> [--at ISO]; the jobs are: ${Object.keys(JOBS).join(', ')}.`;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { at: { type: 'string' } },
    });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new StartError(usage);
    return { name, at: values.at };
  } catch {
    throw new StartError(usage);
  }
}

/** As Cloud Scheduler writes it: RFC 3339, whole seconds, UTC. */
function scheduleTime(at: string | undefined): string {
  const instant = at === undefined ? new Date() : new Date(at);
  const complete =
    at === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(at);
  if (!complete || Number.isNaN(instant.getTime())) {
    throw new StartError(`--at must be an ISO instant such as 2026-12-01T09:00:00Z, not "${at ?? ''}".`);
  }
  return instant.toISOString().replace(/\.\d+Z$/, 'Z');
}

runCommand(job);
