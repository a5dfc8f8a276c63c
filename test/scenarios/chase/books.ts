import { type DocumentReference, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type ChaseWorld } from './chaseWorld';
import { type Company } from './company';

const contentSchema = z.object({ to: z.string(), params: z.looseObject({ amount: z.number().optional() }) });

/** What one freelancer's books and the providers' say on one day, in the words of the second opinion. */
export class Books {
  private readonly lines = new Map<string, string>();
  private seen: number;

  constructor(
    private readonly world: ChaseWorld,
    private readonly company: Company,
  ) {
    this.seen = world.harness.sent().length;
  }

  /** What the providers took since the last time. */
  async takeSent(): Promise<string[]> {
    await this.read();
    const all = this.world.harness.sent();
    const fresh = all.slice(this.seen);
    this.seen = all.length;
    return fresh.map(({ outboxId }) => this.lines.get(outboxId) ?? `nobody knows ${outboxId}`).sort();
  }

  /** Every message of the outbox by what became of it; `odd` is what is in a state that nothing has led to here. */
  async fates(): Promise<{ sent: number; waiting: string[]; refused: string[]; odd: string[] }> {
    const fates = { sent: 0, waiting: [] as string[], refused: [] as string[], odd: [] as string[] };
    for (const row of await this.read()) {
      const line = this.lines.get(row.id) ?? row.id;
      const status: unknown = row.get('status');
      if (status === 'sent' || row.get('reason') === 'bounced') fates.sent += 1;
      else if (status === 'pending') fates.waiting.push(line);
      else if (status === 'cancelled' || status === 'suppressed') fates.refused.push(line);
      else fates.odd.push(`${line} is ${String(status)}`);
    }
    fates.waiting.sort();
    fates.refused.sort();
    return fates;
  }

  /** The status of each invoice by the name of its kind. */
  async statuses(): Promise<Record<string, unknown>> {
    const { db } = this.world.harness;
    const named = [...this.company.invoiceIds];
    const documents = await db.getAll(...named.map(([, id]) => db.doc(`invoices/${id}`)));
    return Object.fromEntries(named.map(([name], n) => [name, documents[n]?.get('status')]));
  }

  private async read(): Promise<QueryDocumentSnapshot[]> {
    const { docs } = await this.world.harness.db.collection('outbox').get();
    const fresh = docs.filter(({ id }) => !this.lines.has(id));
    if (fresh.length > 0) await this.name(fresh);
    return docs;
  }

  private async name(rows: readonly QueryDocumentSnapshot[]): Promise<void> {
    const refs: DocumentReference[] = rows.map(({ ref }) => ref.collection('private').doc('content'));
    const contents = await this.world.harness.db.getAll(...refs);
    for (const [n, row] of rows.entries()) {
      const { to, params } = contentSchema.parse(contents[n]?.data());
      const message = `${String(row.get('template'))} ${String(row.get('channel'))} ${params.amount ?? ''}`;
      this.lines.set(row.id, `${this.whoIs(to)}: ${message}`.trim());
    }
  }

  private whoIs(to: string): string {
    if (to === this.company.email) return 'freelancer';
    for (const [name, { email, phone }] of this.company.debtors)
      if (to === email || to === phone) return name;
    return `nobody of ours (${to})`;
  }
}
