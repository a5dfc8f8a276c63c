import { type Firestore } from 'firebase-admin/firestore';
import { type DayReport } from './dayReport';
import { dumpOf } from './dumpOf';
import { BOUNCING_CLIENT, CLIENT } from './sampleData';

/** Looks through the whole database for the addresses of the day's debtors. */
export async function checkSealed(db: Firestore, report: DayReport): Promise<void> {
  const lines = await dumpOf(db);
  const addresses = [CLIENT.email, CLIENT.phone, BOUNCING_CLIENT.email];
  const found = lines.filter((line) => addresses.some((address) => line.toLowerCase().includes(address)));
  report.check(
    `none of ${lines.length} documents holds a debtor's address`,
    found.length === 0,
    found.map((line) => line.slice(0, line.indexOf(' '))).join(', '),
  );
}
