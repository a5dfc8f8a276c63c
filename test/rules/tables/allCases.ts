import { type Case } from '../model/case';
import { clientsTable } from './clients';
import { groupTable } from './groups';
import { invoicesTable } from './invoices';
import { privateTable } from './privateNotes';
import { aboutMeTables, claimTables, closedTables, ownedTables } from './server';
import { notificationsTable, onboardingTable, specialTables } from './small';
import { sentTable, usersTable } from './users';

/** Every question of every collection. */
export function allCases(): Case[] {
  return [
    ...usersTable(),
    ...sentTable(),
    ...clientsTable(),
    ...invoicesTable(),
    ...privateTable(),
    ...notificationsTable(),
    ...onboardingTable(),
    ...specialTables(),
    ...claimTables(),
    ...ownedTables(),
    ...aboutMeTables(),
    ...closedTables(),
    ...groupTable(),
  ];
}
