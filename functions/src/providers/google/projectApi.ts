import * as z from 'zod';

/** Where Google's own APIs answer. */
export interface GoogleOrigins {
  readonly firestore: string;
  readonly rules: string;
  readonly secrets: string;
}

export const GOOGLE_ORIGINS: GoogleOrigins = {
  firestore: 'https://firestore.googleapis.com',
  rules: 'https://firebaserules.googleapis.com',
  secrets: 'https://secretmanager.googleapis.com',
};

const indexSchema = z.object({
  name: z.string(),
  queryScope: z.string(),
  state: z.string(),
  fields: z.array(
    z.object({ fieldPath: z.string(), order: z.string().optional(), arrayConfig: z.string().optional() }),
  ),
});

/** A composite index of a project. */
export type ProjectIndex = z.infer<typeof indexSchema>;

const indexPage = z.object({
  indexes: z.array(indexSchema).default([]),
  nextPageToken: z.string().optional(),
});
const releaseSchema = z.object({ rulesetName: z.string() });
const rulesetSchema = z.object({ source: z.object({ files: z.array(z.object({ content: z.string() })) }) });
const secretSchema = z.object({ payload: z.object({ data: z.string() }) });

/** Longest wait for one answer, milliseconds. */
const LIMIT_MS = 15_000;

/** What a real project says of itself: indexes, rules, secrets. Reads only. */
export class ProjectApi {
  /** @param token gives an access token of the person who asks */
  constructor(
    private readonly project: string,
    private readonly token: () => Promise<string>,
    private readonly origins: GoogleOrigins = GOOGLE_ORIGINS,
  ) {}

  /** All composite indexes of the default database. */
  async indexes(): Promise<ProjectIndex[]> {
    const path = `${this.origins.firestore}/v1/projects/${this.project}/databases/(default)/collectionGroups/-/indexes`;
    const all: ProjectIndex[] = [];
    for (let token: string | undefined = ''; token !== undefined;) {
      const page = indexPage.parse(await this.get(`${path}?pageToken=${encodeURIComponent(token)}`));
      all.push(...page.indexes);
      token = page.nextPageToken === '' ? undefined : page.nextPageToken;
    }
    return all;
  }

  /** The rules that hold for Firestore; null when none were ever deployed. */
  async rules(): Promise<string | null> {
    const release = await this.get(
      `${this.origins.rules}/v1/projects/${this.project}/releases/cloud.firestore`,
    );
    if (release === null) return null;
    const { rulesetName } = releaseSchema.parse(release);
    const { source } = rulesetSchema.parse(await this.get(`${this.origins.rules}/v1/${rulesetName}`));
    return source.files.map(({ content }) => content).join('\n');
  }

  /** The latest value of a secret; null when there is none. */
  async secret(name: string): Promise<string | null> {
    const path = `/v1/projects/${this.project}/secrets/${name}/versions/latest:access`;
    const answer = await this.get(`${this.origins.secrets}${path}`);
    if (answer === null) return null;
    return Buffer.from(secretSchema.parse(answer).payload.data, 'base64').toString('utf8');
  }

  private async get(url: string): Promise<unknown> {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${await this.token()}` },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${new URL(url).host} answered with HTTP ${response.status}`);
    return response.json();
  }
}
