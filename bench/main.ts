import { type BenchPart } from './benchPart';
import { costs } from './parts/costs';
import { coldStart } from './parts/coldStart';
import { deliveries } from './parts/deliveries';
import { escalations } from './parts/escalations';
import { growth } from './parts/growth';
import { naive } from './parts/naive';

const PARTS: readonly BenchPart[] = [deliveries, escalations, naive, costs, coldStart, growth];

/**
 * `npm run bench [-- part …]`: what the work costs, counted on the wire between the deployed exports and Firestore. Exits
 * 1 when a figure leaves its bound.
 */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown !== undefined) {
    console.error(
      `There is no part "${unknown}"; the parts are: ${PARTS.map(({ name }) => name).join(', ')}.`,
    );
    return 1;
  }
  const broken: string[] = [];
  for (const part of PARTS) {
    if (names.length > 0 ? !names.includes(part.name) : part.onlyByName === true) continue;
    console.log(`\n${part.title}\n`);
    await part.run({
      line: (holds, text) => {
        if (!holds) broken.push(text);
        console.log(`${holds ? '✓' : '✗'} ${text}`);
      },
      note: (text) => {
        console.log(`  ${text}`);
      },
    });
  }
  if (broken.length > 0) console.log(`\nOut of bounds:\n${broken.join('\n')}`);
  return broken.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
