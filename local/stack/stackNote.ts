import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { privateFolder } from './logFolder';

const path = join(privateFolder, 'stack.json');

const noteSchema = z.object({
  pid: z.number().int(),
  functionsOrigin: z.url(),
  hostingOrigin: z.url(),
  firestoreHost: z.string(),
  authHost: z.string(),
  sandboxOrigin: z.url(),
});

/** Where the stack of `npm start` answers, for other commands in the same checkout. */
export type StackNote = z.infer<typeof noteSchema>;

export function writeStackNote(note: StackNote): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(note, null, 2)}\n`);
}

/** The note of a stack that still runs. */
export function readStackNote(): StackNote | undefined {
  if (!existsSync(path)) return undefined;
  const note = noteSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  try {
    process.kill(note.pid, 0);
    return note;
  } catch {
    return undefined;
  }
}

/** Removes the note, unless another stack has written its own since. */
export function removeStackNote(): void {
  if (readStackNote()?.pid === process.pid) rmSync(path, { force: true });
}
