import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { privateFolder } from '../stack/logFolder';
import { repositoryRoot } from '../stack/repositoryRoot';
import { StartError } from '../stack/startError';
import { type SeededBug } from './seededBug';

/** What the suites of one bug need of the repository. Packages are linked: nothing changes them. */
const COPIED = [
  'docs',
  'firebase.json',
  '.firebaserc',
  'firestore.indexes.json',
  'firestore.rules',
  'functions',
  'local',
  'package.json',
  'test',
  'tsconfig.base.json',
] as const;
const PACKAGES = ['node_modules', 'functions/node_modules'] as const;

/** A copy of the built checkout in which bugs are planted, one at a time. */
export interface ScratchCopy {
  readonly root: string;
  /** Plants a bug, where the sources and the built functions are read from. @returns how to undo it */
  plant(bug: SeededBug): () => void;
  remove(): void;
}

/** Copies the checkout, with what is built of it. */
export function makeScratchCopy(): ScratchCopy {
  const root = join(privateFolder, 'seeded-bugs');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const links = PACKAGES.map((folder) => join(repositoryRoot, folder));
  for (const name of COPIED) {
    cpSync(join(repositoryRoot, name), join(root, name), {
      recursive: true,
      filter: (source) => !links.includes(source),
    });
  }
  for (const folder of PACKAGES) symlinkSync(join(repositoryRoot, folder), join(root, folder));
  return {
    root,
    plant: (bug) => {
      const source = join(root, bug.file);
      const built = builtPathOf(root, bug.file);
      const [sourceBefore, builtBefore] = [
        readFileSync(source, 'utf8'),
        built && readFileSync(built, 'utf8'),
      ];
      const places = sourceBefore.split(bug.find).length - 1;
      if (places !== 1)
        throw new StartError(`${bug.name}: what it changes stands ${places} times in ${bug.file}.`);
      // A function, for "$" in what is put there is only a dollar.
      const planted = sourceBefore.replace(bug.find, () => bug.replace);
      writeFileSync(source, planted);
      if (built !== null) writeFileSync(built, compiled(planted, bug.file));
      return () => {
        writeFileSync(source, sourceBefore);
        if (built !== null && builtBefore !== null) writeFileSync(built, builtBefore);
      };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Where the built form of a source file of the functions is; null for what is not built. */
function builtPathOf(root: string, file: string): string | null {
  if (!file.startsWith('functions/src/')) return null;
  const built = join(root, file.replace('functions/src/', 'functions/lib/').replace(/\.ts$/, '.js'));
  if (!existsSync(built)) throw new StartError(`${file} is not built.`);
  return built;
}

/** Strips the types, as the suites' own transform does: whether a bug would compile does not matter. */
function compiled(source: string, filename: string): string {
  return transformSync(source, {
    filename,
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  }).code;
}
