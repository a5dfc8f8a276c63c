import { payments } from './payments';
import { type Story } from './story';

/** All of them; a plan's number says which one it plays. */
export const stories: readonly Story[] = [payments];
