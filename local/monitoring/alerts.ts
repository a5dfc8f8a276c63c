import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../stack/repositoryRoot';
import { logFilter } from './logFilter';

const FOLDER = join(repositoryRoot, 'monitoring');

const metricSchema = z.object({ name: z.string(), filter: z.string() });
const onMetric = z.object({ filter: z.string() });
const policySchema = z.object({
  displayName: z.string(),
  documentation: z.object({ content: z.string() }),
  conditions: z.array(
    z.object({
      conditionMatchedLog: z.object({ filter: z.string() }).optional(),
      conditionThreshold: onMetric.optional(),
      conditionAbsent: onMetric.optional(),
    }),
  ),
});

/** One alert policy, down to the log entries that it is about. */
export interface Alert {
  /** The name of its file. */
  readonly name: string;
  readonly displayName: string;
  readonly documentation: string;
  /** `absence`: it wakes when such entries stop to come. */
  readonly kind: 'match' | 'threshold' | 'absence';
  /** Whether an entry counts for it. */
  readonly matches: ReturnType<typeof logFilter>;
}

/** The alert policies of `monitoring/`. @throws when a file does not fit, or a policy names a metric that is not there */
export function alerts(): Alert[] {
  const metrics = new Map(
    jsonFiles('metrics').map(([, json]) => {
      const { name, filter } = metricSchema.parse(json);
      return [name, filter] as const;
    }),
  );
  const ofMetric = (name: string, text: string): string => {
    const metric = /metric\.type="logging\.googleapis\.com\/user\/(\w+)"/.exec(text)?.[1] ?? '';
    const filter = metrics.get(metric);
    if (filter === undefined) throw new Error(`${name} asks for the metric ${metric}, which is not there`);
    const job = /metric\.labels\.job="([\w-]+)"/.exec(text)?.[1];
    return job === undefined ? filter : `${filter} AND jsonPayload.jobName="${job}"`;
  };
  return jsonFiles('policies').flatMap(([name, json]) => {
    const { displayName, documentation, conditions } = policySchema.parse(json);
    const common = { name, displayName, documentation: documentation.content };
    return conditions.map(({ conditionMatchedLog, conditionThreshold, conditionAbsent }): Alert => {
      if (conditionMatchedLog !== undefined)
        return { ...common, kind: 'match', matches: logFilter(conditionMatchedLog.filter) };
      if (conditionThreshold !== undefined)
        return {
          ...common,
          kind: 'threshold',
          matches: logFilter(ofMetric(name, conditionThreshold.filter)),
        };
      if (conditionAbsent !== undefined)
        return { ...common, kind: 'absence', matches: logFilter(ofMetric(name, conditionAbsent.filter)) };
      throw new Error(`${name} has a condition of a kind that is not known here`);
    });
  });
}

function jsonFiles(folder: string): [string, unknown][] {
  const path = join(FOLDER, folder);
  return readdirSync(path).map((file) => [
    file.replace(/\.json$/, ''),
    JSON.parse(readFileSync(join(path, file), 'utf8')),
  ]);
}
