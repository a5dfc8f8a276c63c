import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ProjectApi } from '../../functions/src/providers/google/projectApi';
import { repositoryRoot } from '../../local/stack/repositoryRoot';

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');

/** The files that a project is compared with. */
export const projectFiles = { indexFile: read('firestore.indexes.json'), rulesFile: read('firestore.rules') };

const PROJECT = 'a-real-project';

interface FileIndex {
  collectionGroup: string;
  queryScope: string;
  fields: object[];
}

/** What Google's APIs say of a project that has just been deployed to; a test changes it. */
export class DoctorProject {
  indexes = (JSON.parse(projectFiles.indexFile) as { indexes: FileIndex[] }).indexes.map((index, n) => ({
    name: `projects/${PROJECT}/databases/(default)/collectionGroups/${index.collectionGroup}/indexes/${n}`,
    queryScope: index.queryScope,
    state: 'READY',
    fields: [...index.fields, { fieldPath: '__name__', order: 'ASCENDING' }],
  }));
  rules: string | null = `${projectFiles.rulesFile}\n`;
  /** Nobody may ask. */
  refuses = false;

  answer(path: string): unknown {
    if (this.refuses) return undefined;
    if (path.includes('/collectionGroups/-/indexes')) return { indexes: this.indexes };
    if (path.endsWith('/releases/cloud.firestore'))
      return this.rules === null ? null : { rulesetName: `projects/${PROJECT}/rulesets/1` };
    if (path.endsWith('/rulesets/1')) return { source: { files: [{ name: 'r', content: this.rules }] } };
    return null;
  }
}

/** Serves them over HTTP, as the real ones are asked. @param current what is told at the moment */
export async function serveProject(
  current: () => DoctorProject,
): Promise<{ readonly api: ProjectApi; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const body = current().answer((request.url ?? '').split('?')[0] ?? '');
    response.writeHead(body === undefined ? 403 : body === null ? 404 : 200).end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origins = { firestore: origin, rules: origin, secrets: origin };
  return {
    api: new ProjectApi(PROJECT, () => Promise.resolve('a-token'), origins),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
