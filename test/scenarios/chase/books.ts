import { type DocumentSnapshot, type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type ChaseWorld } from './chaseWorld';
import { type Company } from './company';

const contentSchema = z.object({ to: z.string(), params: z.looseObject({ amount: z.number().optional() }) });

/** What one freelancer's books and the providers' say on one day, in the words of the second opinion. */
export class Books {
  private readonly lines = new Map<string, string>();
  private readonly rows = new Map<string, QueryDocumentSnapshot>();
  private seen: number;

  constructor(
    private readonly world: ChaseWorld,
    private readonly company: Company,
  ) {
    this.seen = world.harness.sent().length;
  }

  /** What the providers took since the last time, with the sums that it named. */
  async takeSent(): Promise<string[]> {
    await this.read();
    const all = this.world.harness.sent();
    const fresh = all.slice(this.seen);
    this.seen = all.length;
    const contents = await this.contentsOf(fresh.map(({ outboxId }) => outboxId));
    return fresh
      .map(({ outboxId }, n) => {
        const { to, params } = contentSchema.parse(contents[n]?.data());
        const line = this.lines.get(outboxId) ?? `nobody knows ${outboxId}`;
        const wrong = line.startsWith(`${this.whoIs(to)}:`) ? '' : ` went to ${to}`;
        return `${line} ${params.amount ?? ''}`.trim() + wrong;
      })
      .sort();
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

  /** Every item that there is, and those that were purged when their time was over, as they were last. */
  private async read(): Promise<QueryDocumentSnapshot[]> {
    const { harness } = this.world;
    const { docs } = await harness.db.collection('outbox').get();
    const fresh = docs.filter(({ id }) => !this.lines.has(id));
    if (fresh.length > 0) await this.name(fresh);
    const present = new Set(docs.map(({ id }) => id));
    for (const [id, row] of this.rows) {
      const expiresAt: unknown = row.get('expiresAt');
      const isOver = expiresAt instanceof Timestamp && expiresAt.toDate() <= harness.now();
      if (!present.has(id) && !isOver) throw new Error(`${this.lines.get(id) ?? id} is gone before its time`);
    }
    for (const row of docs) this.rows.set(row.id, row);
    return [...this.rows.values()];
  }

  /** To whom each goes stands in its content; a reminder has none before its turn came, and is its debtor's. */
  private async name(rows: readonly QueryDocumentSnapshot[]): Promise<void> {
    const contents = await this.contentsOf(rows.map(({ id }) => id));
    for (const [n, row] of rows.entries()) {
      const content = contents[n];
      const who =
        content?.exists === true
          ? this.whoIs(contentSchema.parse(content.data()).to)
          : this.debtorOf(String(row.get('invoiceId')));
      this.lines.set(row.id, `${who}: ${String(row.get('template'))} ${String(row.get('channel'))}`);
    }
  }

  private async contentsOf(ids: readonly string[]): Promise<readonly DocumentSnapshot[]> {
    const { db } = this.world.harness;
    return ids.length === 0 ? [] : db.getAll(...ids.map((id) => db.doc(`outbox/${id}/private/content`)));
  }

  private debtorOf(invoiceId: string): string {
    const found = [...this.company.invoiceIds].find(([, id]) => id === invoiceId);
    return this.company.debtorNames.get(found?.[0] ?? '') ?? `nobody of ours (${invoiceId})`;
  }

  private whoIs(to: string): string {
    if (to === this.company.email) return 'freelancer';
    for (const [name, { email, phone }] of this.company.debtors)
      if (to === email || to === phone) return name;
    return `nobody of ours (${to})`;
  }
}
