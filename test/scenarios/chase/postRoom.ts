import { type Channel, firstAllowed } from './contactRules';
import { type InvoiceFile, leftOf, OPEN, statusByDate, type WaitingReminder } from './invoiceFile';
import { type Kind } from './kinds';

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;

interface DebtorFile {
  readonly kind: Kind;
  /** Channels to which he has said no, to whomever. */
  readonly noes: Set<Channel>;
  readonly sends: Record<Channel, Date[]>;
}

/** What is sent, waits or is refused, by the words of the rules: the outbox and its gate of the second opinion. */
export class PostRoom {
  private readonly debtors: ReadonlyMap<string, DebtorFile>;
  private waiting: WaitingReminder[] = [];
  private sent: string[] = [];
  private readonly turnedAway: string[] = [];

  constructor(kinds: readonly Kind[]) {
    this.debtors = new Map(
      kinds
        .filter(({ debtorOf }) => debtorOf === undefined)
        .map((kind) => [kind.name, { kind, noes: new Set(), sends: { email: [], sms: [] } }]),
    );
  }

  /** A reminder, or a courtesy note: it goes when everything permits it. */
  remind(file: InvoiceFile, level: WaitingReminder['level'], at: Date): void {
    const isText = level === 'firm' || level === 'final';
    const hasNumber = this.debtorOf(file).kind.hasPhone !== false;
    for (const channel of isText && hasNumber ? (['email', 'sms'] as const) : (['email'] as const)) {
      const reminder = { file, level, channel, createdAt: at, askAt: at };
      this.waiting.push(reminder);
      this.ask(reminder, at);
    }
  }

  /** What a debtor is owed goes at once, unless he wants no e-mails. */
  serve(file: InvoiceFile, template: string, amount: number): void {
    const debtor = this.debtorOf(file);
    const line = `${debtor.kind.name}: ${template} email`;
    if (debtor.noes.has('email')) this.turnedAway.push(line);
    else this.sent.push(`${line} ${amount}`);
  }

  tell(template: string, amount?: number): void {
    this.sent.push(`freelancer: ${template} email ${amount ?? ''}`.trim());
  }

  /** A debtor says no to a channel, or takes it back. */
  mark(file: InvoiceFile, channel: Channel, no: boolean): void {
    const { noes } = this.debtorOf(file);
    if (no) noes.add(channel);
    else noes.delete(channel);
    this.withdraw((one) => this.debtorOf(one.file).noes.has(one.channel));
  }

  withdraw(isMeant: (one: WaitingReminder) => boolean): void {
    this.turnedAway.push(...this.waiting.filter(isMeant).map((one) => this.lineOf(one)));
    this.waiting = this.waiting.filter((one) => !isMeant(one));
  }

  /** Whatever waited for this moment is asked about again. */
  askAgain(at: Date): void {
    for (const reminder of this.waiting.filter(({ askAt }) => askAt <= at)) this.ask(reminder, at);
  }

  /** What was sent since the last time. */
  takeSent(): string[] {
    const taken = this.sent;
    this.sent = [];
    return taken.sort();
  }

  /** What waits, and what was not let through in all. */
  waits(): string[] {
    return this.waiting.map((reminder) => this.lineOf(reminder)).sort();
  }

  refused(): string[] {
    return [...this.turnedAway].sort();
  }

  /** The send gate, at this moment. */
  private ask(reminder: WaitingReminder, at: Date): void {
    const { file, channel, level, createdAt } = reminder;
    const { kind, noes, sends } = this.debtorOf(file);
    const { timezone: zone = 'Europe/London', nation = 'england-and-wales' } = kind;
    const isCurrent = level.startsWith('courtesy') ? statusByDate(file, at) === 'sent' : file.level === level;
    const isWanted = OPEN.includes(file.status) && !file.closed && file.pause === null && isCurrent;
    const allowed = firstAllowed(at, { channel, zone, nation, sends: sends[channel] });
    const isStale = allowed.getTime() - createdAt.getTime() > SEVEN_DAYS_MS;
    if (!isWanted || noes.has(channel) || isStale) this.withdraw((one) => one === reminder);
    else if (allowed > at) reminder.askAt = allowed;
    else {
      sends[channel].push(at);
      // It asks for what is owed when it leaves.
      this.sent.push(`${this.lineOf(reminder)} ${leftOf(file)}`);
      this.waiting = this.waiting.filter((one) => one !== reminder);
    }
  }

  private lineOf({ file, level, channel }: WaitingReminder): string {
    return `${this.debtorOf(file).kind.name}: ${level} ${channel}`;
  }

  private debtorOf({ kind }: InvoiceFile): DebtorFile {
    const debtor = this.debtors.get(kind.debtorOf ?? kind.name);
    if (debtor === undefined) throw new Error(`there is no debtor of "${kind.name}"`);
    return debtor;
  }
}
