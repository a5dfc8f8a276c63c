import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { makeSampleAdmin } from '../../local/sample-day/makeSampleAdmin';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../../local/suites/findChromium';
import { type E2eStack } from './e2eStack';

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's own browser, without a window. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(HOW_TO_GET_CHROMIUM);
  return chromium.launch({ executablePath, args: QUIET });
}

/** The sample admin, whichever suite on this stack comes first. */
export async function makeAdminOnce(stack: E2eStack): Promise<void> {
  await makeSampleAdmin(stack).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'auth/uid-already-exists') throw error;
  });
}

/** The operators' console in a tab of its own. */
export interface ConsolePage {
  readonly page: Page;
  /** What the browser complained about: scripts that failed, requests that the policy refused. */
  readonly complaints: string[];
  /** Goes to a page of the console, by the address. */
  readonly go: (hash: string) => Promise<void>;
  /** One click; done when the pages are there. */
  readonly signInAsSample: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openConsole(
  browser: Browser,
  { hostingOrigin }: Pick<E2eStack, 'hostingOrigin'>,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  // Each admin call of the functions emulator starts a process of its own.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  await page.goto(`${hostingOrigin}/console/`);
  return {
    page,
    complaints,
    go: async (hash) => {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    },
    signInAsSample: async () => {
      await page.getByRole('button', { name: 'Sign in as the sample admin' }).click();
      await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    },
    close: () => context.close(),
  };
}

/** What axe finds against accessibility in the page as it is now: rules with the first element that breaks each. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
  );
}
