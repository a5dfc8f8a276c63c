import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { emulatorConfig, STACK_PORTS, type StackPorts } from '../../../local/stack/emulatorConfig';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';

const configSchema = z.object({
  hosting: z.object({
    headers: z.array(
      z.object({
        source: z.string(),
        headers: z.array(z.object({ key: z.string(), value: z.string() })),
      }),
    ),
  }),
});

/** The directives of the console's Content-Security-Policy. */
function policyOf(config: string): Map<string, string[]> {
  const { hosting } = configSchema.parse(JSON.parse(config));
  const headers = hosting.headers.find(({ source }) => source === '/console/**')?.headers ?? [];
  const policy = headers.find(({ key }) => key === 'Content-Security-Policy')?.value ?? '';
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources];
    }),
  );
}

describe("the console's Content-Security-Policy", () => {
  const deployed = policyOf(readFileSync(join(repositoryRoot, 'firebase.json'), 'utf8'));

  it('lets nothing in but its own files, and nobody frame it', () => {
    for (const name of ['script-src', 'style-src', 'img-src']) expect(deployed.get(name)).toEqual(["'self'"]);
    for (const name of ['default-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(deployed.get(name)).toEqual(["'none'"]);
  });

  it('lets it ask Hosting, Google and the functions, and emulators on the local stack alone', () => {
    const asked = deployed.get('connect-src') ?? [];
    expect(
      asked.filter(
        (source) => !/^('self'|https:\/\/[\w.*-]+\.(googleapis\.com|cloudfunctions\.net))$/.test(source),
      ),
    ).toEqual([]);
    const ports = Object.fromEntries(STACK_PORTS.map((name, n) => [name, 20_000 + n])) as StackPorts;
    expect(policyOf(emulatorConfig(ports)).get('connect-src')?.sort()).toEqual(
      [...asked, 'http://127.0.0.1:*'].sort(),
    );
  });
});
