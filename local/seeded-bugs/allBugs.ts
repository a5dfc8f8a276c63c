import { accountBugs } from './bugs/accountBugs';
import { chaseBugs } from './bugs/chaseBugs';
import { contactBugs } from './bugs/contactBugs';
import { eventBugs } from './bugs/eventBugs';
import { jobBugs } from './bugs/jobBugs';
import { moneyBugs } from './bugs/moneyBugs';
import { privacyBugs } from './bugs/privacyBugs';
import { refusalBugs } from './bugs/refusalBugs';
import { sendingBugs } from './bugs/sendingBugs';
import { type SeededBug } from './seededBug';

/** Every bug that is planted on purpose. */
export const allBugs: readonly SeededBug[] = [
  ...eventBugs,
  ...moneyBugs,
  ...jobBugs,
  ...sendingBugs,
  ...refusalBugs,
  ...chaseBugs,
  ...accountBugs,
  ...privacyBugs,
  ...contactBugs,
];
