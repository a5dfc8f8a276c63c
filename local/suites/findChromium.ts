import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StartError } from '../stack/startError';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The browser that the suites of test/browser drive: RECOUP_CHROMIUM, else the first on PATH or in the usual places. Null
 * when there is none.
 * @throws StartError when RECOUP_CHROMIUM names what does not exist.
 */
export function findChromium(): string | null {
  const chosen = process.env['RECOUP_CHROMIUM'] ?? '';
  if (chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new StartError(`RECOUP_CHROMIUM names ${chosen}, which does not exist.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...USUAL_PLACES].find((path) => existsSync(path)) ?? null;
}

export const HOW_TO_GET_CHROMIUM =
  'The browser suites need Chromium: install the package chromium (Debian: `apt-get install chromium`; macOS: `brew install --cask chromium`), or set RECOUP_CHROMIUM to a Chromium or Chrome.';
