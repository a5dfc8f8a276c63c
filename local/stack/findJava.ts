import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from './startError';

const run = promisify(execFile);
const NEEDED = 21;

/** Where Java gets installed beside PATH. RECOUP_JVM_DIRS (a list like PATH) takes their place. */
const USUAL_FOLDERS = [
  '/usr/lib/jvm',
  '/usr/java',
  '/opt/java',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), 'Library/Java/JavaVirtualMachines'),
  '/opt/homebrew/opt',
  '/usr/local/opt',
  join(homedir(), '.sdkman/candidates/java'),
  join(homedir(), '.jdks'),
];
/** From one installation's folder to its program: Linux, macOS, Homebrew. */
const PROGRAMS = ['bin/java', 'Contents/Home/bin/java', 'libexec/openjdk.jdk/Contents/Home/bin/java'];

/**
 * The folder of the first `java` that is 21 or newer: JAVA_HOME, then PATH, then the usual folders.
 * @throws StartError that names the package to install.
 */
export async function findJava(): Promise<string> {
  const seen = new Set<string>();
  for (const candidate of candidates()) {
    if (!existsSync(candidate)) continue;
    const program = realpathSync(candidate);
    if (seen.has(program)) continue;
    seen.add(program);
    if ((await majorVersion(candidate)) >= NEEDED) return dirname(candidate);
  }
  const install =
    process.platform === 'darwin'
      ? '`brew install openjdk@21`'
      : 'the package openjdk-21-jre-headless (or any newer one)';
  throw new StartError(
    `The Firestore emulator needs Java ${NEEDED} or newer, and none was found in JAVA_HOME, PATH or the usual folders: install ${install}, or set JAVA_HOME.`,
  );
}

function candidates(): string[] {
  const home = process.env['JAVA_HOME'] ?? '';
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = process.env['RECOUP_JVM_DIRS']?.split(delimiter) ?? USUAL_FOLDERS;
  return [
    ...(home === '' ? [] : [join(home, 'bin/java')]),
    ...path.map((folder) => join(folder, 'java')),
    ...folders.flatMap(installationsIn),
  ];
}

function installationsIn(folder: string): string[] {
  if (folder === '' || !existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => PROGRAMS.map((program) => join(folder, name, program)));
}

/** 0 for what does not run, such as macOS's placeholder. `java -version` writes to stderr: version "25.0.1". */
async function majorVersion(java: string): Promise<number> {
  try {
    const { stderr } = await run(java, ['-version'], { timeout: 20_000 });
    return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
