import { type Firestore, type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';

/** Why no level was reached, in words; a reason that is not here stands for itself. */
const WHY: Readonly<Record<string, string>> = {
  not_open: 'not open: paid, disputed, cancelled, refunded or a draft',
  chase_closed: 'the chase is closed',
  nothing_owed: 'nothing is owed any more',
  no_due_date: 'no due date',
  claimed: 'the client says that it is paid',
  paused: 'paused',
  not_yet: 'the next level does not apply yet',
  gap: 'less than three days after the last level',
  at_the_end: 'every level was reached',
  account_inactive: "the freelancer's account is not active",
  collections_disabled: 'reminders are switched off',
  no_channel: 'no address, or no channel that is switched on',
  not_in_plan: 'the plan has nothing after the final notice',
};

/** One that does not fit is in the table too: that is why its chase failed. */
const text = z.string().catch('?');

const invoiceSchema = z.object({
  reference: text,
  dueDate: text,
  status: text,
  escalationLevel: text,
  nextActionAt: z.instanceof(Timestamp).nullish(),
  escalationError: z.object({ code: z.string(), count: z.number() }).nullish(),
  escalationRun: z.object({ outcome: z.string() }),
});

const HEADINGS = ['invoice', 'due', 'status', 'level', 'what was done, or why nothing', 'looked at next'];

/**
 * What a run of `process-escalations` came to, invoice by invoice, as a table: also of its pages, as far as they are done.
 * An invoice that a later run has looked at since is that run's.
 */
export async function describeEscalations(db: Firestore, runId: string): Promise<string> {
  const { docs } = await db
    .collection('invoices')
    .where('escalationRun.page', '>=', `${runId}#`)
    .where('escalationRun.page', '<', `${runId}$`)
    .get();
  const skipped = await skippedBy(db, docs);
  const rows = docs.map((doc) => {
    const invoice = invoiceSchema.parse(doc.data());
    const { outcome } = invoice.escalationRun;
    return [
      invoice.reference,
      invoice.dueDate,
      invoice.status,
      invoice.escalationLevel,
      outcome === 'escalated'
        ? `escalated${skipped.get(doc.id) ?? ''}`
        : why(outcome, invoice.escalationError),
      invoice.nextActionAt?.toDate().toISOString() ?? 'never',
    ];
  });
  if (rows.length === 0) return '  no invoice was due';
  const all = [HEADINGS, ...rows.sort((a, b) => a.join().localeCompare(b.join()))];
  const widths = HEADINGS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

function why(outcome: string, error: { code: string; count: number } | null | undefined): string {
  if (error != null) return `failed: ${error.code}, ${error.count} in a row`;
  return WHY[outcome] ?? outcome;
}

/** Levels that were passed over, by invoice; from the timeline row of the level that was reached. */
async function skippedBy(
  db: Firestore,
  invoices: readonly QueryDocumentSnapshot[],
): Promise<ReadonlyMap<string, string>> {
  if (invoices.length === 0) return new Map();
  const rows = invoices.map((invoice) =>
    db.doc(`escalation_timeline/${invoice.id}_${String(invoice.get('escalationLevel'))}`),
  );
  const found = await db.getAll(...rows);
  return new Map(
    found.flatMap((row) => {
      const passed = z.array(z.string()).safeParse(row.get('skipped')).data ?? [];
      return passed.length === 0
        ? []
        : [[String(row.get('invoiceId')), `, ${passed.join(' and ')} passed over`]];
    }),
  );
}
