import { newId } from '../../support/stripeEvents';
import { type ChaseWorld } from './chaseWorld';
import { AMOUNT, type Kind } from './kinds';
import { plusDays } from './londonMoment';

export interface Party {
  readonly clientId: string;
  readonly email: string;
  readonly phone: string | null;
}

/** One freelancer with the invoices of a scenario, and their debtors. */
export interface Company {
  readonly uid: string;
  readonly email: string;
  readonly invoiceIds: ReadonlyMap<string, string>;
  readonly debtors: ReadonlyMap<string, Party>;
  /** The debtor of each invoice, both by the names of their kinds. */
  readonly debtorNames: ReadonlyMap<string, string>;
}

/** Writes the freelancer, the clients and the drafts, as the web client would. */
export async function foundCompany(
  { harness: { db } }: ChaseWorld,
  kinds: readonly Kind[],
  start: string,
): Promise<Company> {
  const uid = newId('user');
  // Each company has a domain of its own.
  const domain = `${uid.toLowerCase().replace(/[^a-z0-9]/g, '-')}.example`;
  const email = `ada@${domain}`;
  const debtors = new Map<string, Party>();
  const invoiceIds = new Map<string, string>();
  const batch = db.batch().set(db.doc(`users/${uid}`), {
    email,
    name: 'Ada Free',
    businessName: 'Ada Studio',
    subscriptionTier: 'growth',
    collectionsEnabled: true,
    timezone: 'Europe/London',
  });
  for (const [n, kind] of kinds.entries()) {
    if (kind.debtorOf === undefined) {
      const party = {
        clientId: newId('client'),
        email: `debtor-${n}@${domain}`,
        // Numbers that Ofcom keeps for fiction.
        phone: kind.hasPhone === false ? null : `+447700900${String(100 + n)}`,
      };
      debtors.set(kind.name, party);
      batch.set(db.doc(`clients/${party.clientId}`), {
        freelancerId: uid,
        name: `Debtor ${n}`,
        email: party.email,
        phone: party.phone,
        debtorKind: kind.debtorKind ?? 'business',
        ...(kind.timezone === undefined ? {} : { timezone: kind.timezone }),
        ...(kind.nation === undefined ? {} : { nation: kind.nation }),
        contactPermissions: { email: { status: 'granted' }, sms: { status: 'granted' } },
        status: 'active',
      });
    }
    const invoiceId = newId('inv');
    invoiceIds.set(kind.name, invoiceId);
    const dueDate = plusDays(start, kind.due);
    batch.set(db.doc(`invoices/${invoiceId}`), {
      freelancerId: uid,
      reference: `INV-${n}`,
      clientId: debtors.get(kind.debtorOf ?? kind.name)?.clientId ?? null,
      amount: AMOUNT,
      currency: kind.currency ?? 'GBP',
      status: 'draft',
      issueDate: plusDays(dueDate, -30),
      dueDate,
      items: [],
      ...(kind.notChased === true ? { collectionsEnabled: false } : {}),
    });
  }
  await batch.commit();
  const debtorNames = new Map(kinds.map(({ name, debtorOf = name }) => [name, debtorOf]));
  return { uid, email, invoiceIds, debtors, debtorNames };
}
