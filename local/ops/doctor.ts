import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type * as adminApp from 'firebase-admin/app';
import type * as adminFirestore from 'firebase-admin/firestore';
import { z } from 'zod';
import { readFunctionsEnvironment } from '../stack/readFunctionsEnvironment';
import { repositoryRoot } from '../stack/repositoryRoot';
import { readStackNote } from '../stack/stackNote';
import { type OpsTarget } from './opsTarget';

const findingSchema = z.object({
  check: z.string(),
  severity: z.enum(['error', 'warning', 'unknown']),
  what: z.string(),
  fix: z.string(),
});

export type Finding = z.infer<typeof findingSchema>;

interface ProjectApi {
  secret(name: string): Promise<string | null>;
}

/** The functions' package: its doctor, and its own copy of the Admin SDK, whose timestamps the doctor knows. */
const load = createRequire(join(repositoryRoot, 'functions/package.json'));

/** Looks the deployment over, and changes nothing. @returns what is wrong */
export async function doctor(target: OpsTarget): Promise<Finding[]> {
  const { examine } = load('./lib/usecases/doctor/examine.js') as {
    examine: (patient: object) => Promise<unknown>;
  };
  const app = load('firebase-admin/app') as typeof adminApp;
  const { getFirestore } = load('firebase-admin/firestore') as typeof adminFirestore;
  const local = readFunctionsEnvironment();
  const project = target.isReal ? projectApi(target.project, () => app.applicationDefault()) : null;
  const secrets = new Map<string, Promise<string | null>>();
  const secret = (name: string): Promise<string | null> => {
    const known = secrets.get(name);
    if (known !== undefined) return known;
    const asked = project === null ? Promise.resolve(local[name] ?? null) : project.secret(name);
    secrets.set(name, asked);
    return asked;
  };
  const findings = await examine({
    isReal: target.isReal,
    db: getFirestore(app.initializeApp({ projectId: target.project }, 'doctor')),
    now: new Date(),
    settings: target.isReal ? settingsOf(target.project) : local,
    secret,
    samples: local,
    sandboxOrigin: target.isReal ? undefined : sandboxOrigin(),
    project,
    indexFile: read('firestore.indexes.json'),
    rulesFile: read('firestore.rules'),
  });
  return z.array(findingSchema).parse(findings);
}

function projectApi(
  project: string,
  applicationDefault: () => { getAccessToken(): Promise<{ access_token: string }> },
): ProjectApi {
  const { ProjectApi } = load('./lib/providers/google/projectApi.js') as {
    ProjectApi: new (project: string, token: () => Promise<string>) => ProjectApi;
  };
  const credential = applicationDefault();
  return new ProjectApi(project, async () => (await credential.getAccessToken()).access_token);
}

/** The stack's own, or the one that a test names. */
function sandboxOrigin(): string | undefined {
  return process.env['PROVIDER_SANDBOX_ORIGIN'] ?? readStackNote()?.sandboxOrigin;
}

/** As the CLI reads them: for all projects, then for this one. */
function settingsOf(project: string): NodeJS.Dict<string> {
  return Object.assign(
    {},
    ...['.env', `.env.${project}`]
      .map((name) => join(repositoryRoot, 'functions', name))
      .filter((path) => existsSync(path))
      .map((path) => parseEnv(readFileSync(path, 'utf8'))),
  ) as NodeJS.Dict<string>;
}

function read(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}
