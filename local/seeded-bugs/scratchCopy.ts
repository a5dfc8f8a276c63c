import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
  plant(bug: SeededBug): Promise<() => Promise<void>>;
  remove(): void;
}

/** Bundles the functions of a checkout; plain Node, for the bootstrap uses it before anything is compiled. */
type Bundle = (home: string) => Promise<void>;

/**
 * Copies the checkout, with what is built of it.
 *
 * @param name tells it from other copies
 */
export async function makeScratchCopy(name: string): Promise<ScratchCopy> {
  const script = pathToFileURL(join(repositoryRoot, 'local/bundle.mjs')).href;
  const { bundle } = (await import(script)) as { bundle: Bundle };
  const root = join(privateFolder, `seeded-bugs-${name}`);
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
    plant: async (bug) => {
      const source = join(root, bug.file);
      const before = readFileSync(source, 'utf8');
      const places = before.split(bug.find).length - 1;
      if (places !== 1)
        throw new StartError(`${bug.name}: what it changes stands ${places} times in ${bug.file}.`);
      // A function, for "$" in what is put there is only a dollar.
      writeFileSync(
        source,
        before.replace(bug.find, () => bug.replace),
      );
      const isBundled = bug.file.startsWith('functions/src/');
      if (isBundled) await bundle(root);
      return async () => {
        writeFileSync(source, before);
        if (isBundled) await bundle(root);
      };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
