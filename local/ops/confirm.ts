import { createInterface } from 'node:readline/promises';
import { StartError } from '../stack/startError';
import { type OpsTarget } from './opsTarget';

/**
 * Asks before anything is written to a real project; the local stack is nobody's.
 * @throws StartError unless somebody types the project's name.
 */
export async function confirm({ isReal, project }: OpsTarget, what: string): Promise<void> {
  if (!isReal) return;
  if (!process.stdin.isTTY)
    throw new StartError(`This would ${what} in ${project}, and nobody is here to be asked.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      `This will ${what} in the real project ${project}. Type its name: `,
    );
    if (answer.trim() !== project) throw new StartError('Nothing was changed.');
  } finally {
    terminal.close();
  }
}
