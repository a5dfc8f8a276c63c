import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { closedPort } from '../../support/closedPort';
import { changesDuring } from '../../support/refusal';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('health', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({}, 'health');
  });
  afterAll(() => harness.stop());

  async function ask(origin: string, method = 'GET') {
    const response = await fetch(`${origin}/api/health`, { method });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  it('says that all is well, with the version of the package, and writes nothing', async () => {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'functions/package.json'), 'utf8')) as {
      version: string;
    };
    const changes = await changesDuring(harness, async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(harness.webhook.origin)));
      for (const { status, text, headers } of answers) {
        expect([status, JSON.parse(text)]).toEqual([
          200,
          { status: 'ok', version, revision: 'local', checks: { configuration: 'ok', firestore: 'ok' } },
        ]);
        expect(headers.get('cache-control')).toBe('no-store');
      }
      expect(await ask(harness.webhook.origin, 'HEAD')).toMatchObject({ status: 200, text: '' });
    });
    expect(changes).toEqual([]);
  });

  it('takes nothing but GET', async () => {
    const { status, headers } = await ask(harness.webhook.origin, 'POST');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('says 503 and no more than what it is, when Firestore does not answer or a setting is wrong', async () => {
    const [away, wrong] = await Promise.all([
      closedPort().then((host) => harness.serve('health', { FIRESTORE_EMULATOR_HOST: host })),
      harness.serve('health', { PUBLIC_BASE_URL: 'not-an-address' }),
    ]);
    const [noStore, noSetting] = await Promise.all([ask(away.origin), ask(wrong.origin)]);
    expect([noStore.status, (JSON.parse(noStore.text) as { checks: unknown }).checks]).toEqual([
      503,
      { configuration: 'ok', firestore: 'failed' },
    ]);
    expect([noSetting.status, (JSON.parse(noSetting.text) as { checks: unknown }).checks]).toEqual([
      503,
      { configuration: 'failed', firestore: 'unknown' },
    ]);
    for (const { text } of [noStore, noSetting])
      expect(text).not.toMatch(/not-an-address|PUBLIC|publicBaseUrl|Error|127\.0|grpc|whsec|sk_test/i);
  });
});
