import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { SAMPLE_ADMIN } from '../../../local/sample-day/sampleAdmin';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';

const BUILDER = join(repositoryRoot, 'local/bundleConsole.mjs');

/** The console's script as the build makes it; the builder is an ES module, which jest does not load. */
async function scriptOf({ local }: { local: boolean }): Promise<string> {
  const program = `
    import { bundleConsole } from ${JSON.stringify(BUILDER)};
    const made = await bundleConsole({ local: ${local} });
    process.stdout.write(made.find(({ path }) => path.endsWith('.js')).contents);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

describe("the console's script", () => {
  it.each([{ local: true }, { local: false }])('is below 250 kB compressed: %p', async (build) => {
    const script = await scriptOf(build);
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(250_000);
    expect(script.length).toBeGreaterThan(100_000);
  });

  it('knows the sample sign-in and the emulators on the local stack alone', async () => {
    const [here, deployed] = await Promise.all([scriptOf({ local: true }), scriptOf({ local: false })]);
    for (const mark of [SAMPLE_ADMIN.email, SAMPLE_ADMIN.password, 'useEmulator=true']) {
      expect([mark, here.includes(mark), deployed.includes(mark)]).toEqual([mark, true, false]);
    }
  });
});
