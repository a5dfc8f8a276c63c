import { type Answer, type Harness } from './webhookHarness';
import { changedBetween, everyDocument } from './moneyState';

/** What must never be read in an answer to the outside: stacks, paths, libraries, secrets. */
const INTERNALS =
  /\bat \S+ \(|node_modules|\/\w+\/\w+\/|\w+Error\b|firestore|grpc|zod|whsec_|sk_test|undefined/i;

/** What is wrong with an answer that should be a refusal of ours: one clear sentence as JSON, and nothing else. */
export function faultsOfRefusal(answer: Answer, status: number): string[] {
  const text = JSON.stringify(answer.body);
  const faults: string[] = [];
  if (answer.status !== status) faults.push(`status ${answer.status} instead of ${status}: ${text}`);
  if (!answer.headers.get('content-type')?.startsWith('application/json')) faults.push(`not JSON: ${text}`);
  if (!/^\{"error":"[A-Z][^"]{5,120}\."\}$/.test(text)) faults.push(`not one clear sentence: ${text}`);
  if (INTERNALS.test(text)) faults.push(`tells of our insides: ${text}`);
  return faults;
}

/** The same for bytes that the platform itself turns away as "not JSON", before any code of ours sees them. */
export function faultsOfPlatformRefusal(answer: Answer): string[] {
  const text = JSON.stringify(answer.body);
  const faults: string[] = [];
  if (answer.status !== 400) faults.push(`status ${answer.status} instead of 400: ${text}`);
  if (INTERNALS.test(text.replace('<!DOCTYPE', ''))) faults.push(`tells of our insides: ${text}`);
  return faults;
}

/** Paths of all documents of the project that changed while `work` ran. */
export async function changesDuring(harness: Harness, work: () => Promise<unknown>): Promise<string[]> {
  const before = await everyDocument(harness.db);
  await work();
  return changedBetween(before, await everyDocument(harness.db));
}
