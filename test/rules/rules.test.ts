import { rulesSource } from './run/rulesSource';
import { readCoverage } from './run/coverage';
import { emulatorHost } from './run/emulatorHost';
import { type Driver } from './run/driver';
import { runCases, seedCases, type Wrong } from './run/runCases';
import { webDriver } from './run/webDriver';
import { oneValued } from './oneValued';
import { allCases } from './tables/allCases';
import { flaws } from './tables/flaws';

const tables = allCases();
const cases = [...tables, ...flaws.flatMap(({ cases: its }) => its)];
const collections = [...new Set(tables.map(({ collection }) => collection))];
const projectId = `demo-rules-${process.pid}`;

let wrong: Wrong[];
let driver: Driver & { stop(): Promise<void> };

beforeAll(async () => {
  driver = await webDriver(emulatorHost(), projectId, rulesSource());
  await seedCases(driver, cases);
  wrong = await runCases(driver, cases);
  process.stderr.write(`rules: ${cases.length} assertions over ${collections.length} collections\n`);
}, 600_000);

afterAll(() => driver.stop());

const messagesOf = (among: readonly object[]): string[] =>
  wrong.filter(({ question }) => among.includes(question)).map(({ message }) => message);

describe('who may do what', () => {
  test.each(collections)('%s', (name) => {
    expect(messagesOf(tables.filter(({ collection }) => collection === name))).toEqual([]);
  });
});

describe("the earlier implementation's flaws", () => {
  test.each(flaws.map(({ title, cases: its }) => [title, its] as const))('%s', (_title, its) => {
    expect(its.length).toBeGreaterThan(0);
    expect(messagesOf(its)).toEqual([]);
  });
});

describe('what the proof is worth', () => {
  test('there are at least 400 assertions', () => {
    expect(cases.length).toBeGreaterThanOrEqual(400);
  });

  test('every condition was true once and false once', async () => {
    const { both, uncovered } = await readCoverage(emulatorHost(), projectId, rulesSource());
    process.stderr.write(`rules: ${both} conditions took both values\n`);
    expect(both).toBeGreaterThan(0);
    expect(uncovered.filter(({ text }) => !(text in oneValued))).toEqual([]);
    // An exception that is none any more goes.
    expect(Object.keys(oneValued).filter((text) => !uncovered.some((one) => one.text === text))).toEqual([]);
  }, 60_000);
});
