import { join } from 'node:path';
import { privateFolder } from '../stack/logFolder';
import { repositoryRoot } from '../stack/repositoryRoot';

/** Where jest leaves its results as JSON; two commands may run at once. */
export const RESULTS = join(privateFolder, `test-results-${process.pid}.json`);

/** node's arguments for jest with the suites' configuration. */
export const JEST = [
  join(repositoryRoot, 'node_modules/jest/bin/jest.js'),
  '--config',
  join(repositoryRoot, 'test/jest.config.cjs'),
];
