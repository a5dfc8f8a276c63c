import { type BackgroundProcess, type ExitFacts } from './backgroundProcess';

/** Asks a program to end and kills it when it does not. Its children are another matter (endMarked). */
export async function endBackground(
  started: BackgroundProcess,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<ExitFacts> {
  if (!started.hasExited()) started.kill(signal);
  const timer = setTimeout(() => started.kill('SIGKILL'), graceMs);
  const facts = await started.exited;
  clearTimeout(timer);
  return facts;
}
