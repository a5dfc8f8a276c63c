import * as z from 'zod';
import { type ProjectIndex } from '../../providers/google/projectApi';
import { type CheckName, type Finding, wrong } from './finding';
import { type Patient } from './patient';

const indexFileSchema = z.object({
  indexes: z.array(
    z.object({
      collectionGroup: z.string(),
      queryScope: z.string(),
      fields: z.array(
        z.object({
          fieldPath: z.string(),
          order: z.string().optional(),
          arrayConfig: z.string().optional(),
        }),
      ),
    }),
  ),
});

/** Indexes and rules: has the project what the files say? */
export async function checkProject({ project, indexFile, rulesFile }: Patient): Promise<Finding[]> {
  if (project === null) return [];
  const findings = await Promise.all([
    known('indexes', async () => compareIndexes(indexFile, await project.indexes())),
    known('rules', async () => compareRules(rulesFile, await project.rules())),
  ]);
  return findings.flat();
}

/** What could not be asked is said, and holds up nothing else. */
async function known(check: CheckName, look: () => Promise<Finding[]>): Promise<Finding[]> {
  return look().catch((error: unknown) => [
    {
      check,
      severity: 'unknown' as const,
      what: `The project could not be asked: ${error instanceof Error ? error.message : 'no answer'}.`,
      fix: 'Sign in as somebody who may view the project: gcloud auth application-default login.',
    },
  ]);
}

function compareIndexes(file: string, deployed: readonly ProjectIndex[]): Finding[] {
  const states = new Map(
    deployed.map((index) => {
      const collection = /collectionGroups\/([^/]+)\//.exec(index.name)?.[1] ?? '';
      return [inWords(collection, index.queryScope, index.fields), index.state] as const;
    }),
  );
  return indexFileSchema
    .parse(JSON.parse(file))
    .indexes.flatMap(({ collectionGroup, queryScope, fields }) => {
      const words = inWords(collectionGroup, queryScope, fields);
      const state = states.get(words);
      if (state === 'READY') return [];
      return [
        state === undefined
          ? wrong('indexes', `There is no index ${words}.`, 'firebase deploy --only firestore:indexes')
          : wrong('indexes', `The index ${words} is ${state}.`, 'Wait until it is READY, or create it anew.'),
      ];
    });
}

function inWords(collection: string, scope: string, fields: ProjectIndex['fields']): string {
  // Firestore adds the name of the document to each.
  const named = fields.filter(({ fieldPath }) => fieldPath !== '__name__');
  const words = named.map(
    ({ fieldPath, order, arrayConfig }) => `${fieldPath} ${order ?? arrayConfig ?? ''}`,
  );
  return `${collection} (${scope}): ${words.join(', ')}`;
}

function compareRules(file: string, deployed: string | null): Finding[] {
  const fix = 'firebase deploy --only firestore:rules';
  if (deployed === null) return [wrong('rules', 'No rules were ever deployed.', fix)];
  return deployed.trim() === file.trim()
    ? []
    : [wrong('rules', 'The rules of the project are not those of firestore.rules.', fix)];
}
