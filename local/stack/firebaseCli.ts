import { join } from 'node:path';
import { repositoryRoot } from './repositoryRoot';

export const CLI_PACKAGE = join(repositoryRoot, 'node_modules/firebase-tools');
export const CLI = join(CLI_PACKAGE, 'lib/bin/firebase.js');

/** The `demo-` prefix keeps every emulator from talking to a real project. */
export const PROJECT = 'demo-recoup';
export const REGION = 'europe-west2';
