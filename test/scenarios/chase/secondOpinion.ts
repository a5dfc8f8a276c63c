import { wallTime } from '../../unit/gate/wallClock';
import {
  daysFrom,
  type InvoiceFile,
  leftOf,
  levelAfter,
  OPEN,
  type Pause,
  rank,
  statusByDate,
} from './invoiceFile';
import { AMOUNT, type Deed, type Kind } from './kinds';
import { londonMoment, plusDays } from './londonMoment';
import { PostRoom } from './postRoom';
import { type Job } from './schedule';

const LONDON = 'Europe/London';
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The business rules once more, written from their words and not from the code, hour by hour and without any of its
 * shortcuts: no `nextActionAt`, no pages, no queues. What it says was sent is what must have been sent.
 */
export class SecondOpinion {
  readonly files: ReadonlyMap<string, InvoiceFile>;
  readonly post: PostRoom;
  private sentAt = new Date(0);

  /** @param start the first day, 'YYYY-MM-DD' */
  constructor(
    kinds: readonly Kind[],
    private readonly start: string,
  ) {
    this.files = new Map(kinds.map((kind) => [kind.name, this.newFile(kind)]));
    this.post = new PostRoom(kinds);
  }

  /** The freelancer sends all invoices. */
  sendAll(at: Date): void {
    this.sentAt = at;
    for (const file of this.files.values()) {
      if (file.kind.draft === true) continue;
      file.status = statusByDate(file, at);
      this.post.serve(file, 'invoice', AMOUNT);
    }
  }

  happen(name: string, deed: Deed, at: Date): void {
    const file = this.fileOf(name);
    switch (deed.do) {
      case 'pay':
      case 'pay by hand':
        this.receive(file, deed.amount, at);
        return;
      case 'refund':
        file.away = file.paid;
        this.settle(file, at);
        this.post.tell('payment_refunded');
        return;
      case 'open card dispute':
        file.away = file.paid;
        file.disputed = true;
        this.pauseFor(file, 'dispute');
        this.settle(file, at);
        this.post.tell('payment_disputed', file.paid);
        return;
      case 'win card dispute':
      case 'lose card dispute':
        file.disputed = false;
        if (deed.do === 'win card dispute') file.away = 0;
        this.settle(file, at);
        this.goOn(file, 'dispute', at);
        return;
      case 'text':
        this.post.mark(file, 'sms', deed.word === 'STOP');
        return;
      case 'withdraw':
        this.post.mark(file, deed.channel, true);
        return;
      case 'bounce':
        this.post.mark(file, 'email', true);
        this.post.tell('email_bounced');
        return;
      case 'cancel':
        file.status = 'cancelled';
        file.closed = true;
        this.post.serve(file, 'invoice_cancelled', AMOUNT);
        return;
      case 'pause':
        this.pauseFor(file, 'his own');
        return;
      case 'promise':
        this.pauseFor(file, 'his own', londonMoment(plusDays(this.start, deed.until + 1), '00:00'));
        return;
      case 'resume':
        file.pause = null;
        return;
      case 'claim':
        file.claim = { amount: deed.amount, deadline: new Date(at.getTime() + 2 * DAY_MS), reminded: 'no' };
        this.pauseFor(file, 'claim');
        this.post.tell('claim_to_verify', deed.amount);
        this.post.serve(file, 'claim_received', deed.amount);
        return;
      case 'confirm':
        this.receive(file, deed.amount, at);
        this.answerClaim(file, 'claim_verified', deed.amount, at);
        return;
      case 'reject':
        this.answerClaim(file, 'claim_rejected', file.claim?.amount ?? 0, at);
        return;
      case 'dispute':
        file.contested = true;
        file.status = 'disputed';
        this.pauseFor(file, 'dispute');
        this.post.tell('invoice_disputed', leftOf(file));
        return;
      case 'close dispute':
        file.contested = false;
        this.settle(file, at);
        this.goOn(file, 'dispute', at);
        return;
    }
  }

  /** A full hour: what these jobs do at it, and then what waits is asked about again. */
  hour(at: Date, jobs: readonly Job[]): void {
    for (const file of this.files.values()) {
      if (jobs.includes('checkVerificationDeadlines')) this.checkClaim(file, at);
      if (jobs.includes('processEscalations')) this.escalate(file, at);
      if (jobs.includes('processEmailSequence')) this.sayKindly(file, at);
    }
    this.post.askAgain(at);
  }

  private escalate(file: InvoiceFile, at: Date): void {
    if (!OPEN.includes(file.status) || file.closed) return;
    file.status = statusByDate(file, at);
    if (file.pause?.until != null && file.pause.until <= at) this.goOn(file, file.pause.why, at);
    if (file.pause !== null || file.kind.notChased === true) return;
    const level = levelAfter(daysFrom(file.dueDate, wallTime(at, LONDON).day));
    if (level === 'pending' || rank(level) <= rank(file.level)) return;
    if (file.escalatedAt !== null && at.getTime() - file.escalatedAt.getTime() < 3 * DAY_MS) return;
    file.level = level;
    file.escalatedAt = at;
    file.status = 'in_collections';
    if (level === 'agency') this.post.tell('agency_offer', leftOf(file));
    else this.post.remind(file, level, at);
  }

  /** Three days before an invoice is due and on the day, from nine; to whoever did not just get it. */
  private sayKindly(file: InvoiceFile, at: Date): void {
    if (file.status !== 'sent' || file.pause !== null || file.kind.notChased === true) return;
    const today = wallTime(at, LONDON).day;
    const note = today === file.dueDate ? 'due' : 'before';
    const moment = londonMoment(note === 'due' ? file.dueDate : plusDays(file.dueDate, -3), '09:00');
    if (today > file.dueDate || at < moment || this.sentAt > moment || file.courtesies.has(note)) return;
    file.courtesies.add(note);
    // The first one says less than the second.
    if (note === 'due') this.post.withdraw((one) => one.file === file && one.level === 'courtesy_before');
    this.post.remind(file, `courtesy_${note}`, at);
  }

  /** A day and six hours before the time to answer is over, the freelancer is reminded; then it is over. */
  private checkClaim(file: InvoiceFile, at: Date): void {
    const { claim } = file;
    if (claim === null) return;
    const hoursLeft = (claim.deadline.getTime() - at.getTime()) / 3_600_000;
    if (hoursLeft <= 0) {
      file.claim = null;
      this.post.tell('claim_expired', claim.amount);
      if (file.pause?.why === 'claim')
        file.pause = { ...file.pause, until: new Date(at.getTime() + 7 * DAY_MS) };
    } else if (hoursLeft <= 6 && claim.reminded !== 'hours before') {
      claim.reminded = 'hours before';
      this.post.tell('claim_reminder', claim.amount);
    } else if (hoursLeft <= 24 && claim.reminded === 'no') {
      claim.reminded = 'a day before';
      this.post.tell('claim_reminder', claim.amount);
    }
  }

  private settle(file: InvoiceFile, at: Date): void {
    const net = file.paid - file.away;
    if (file.disputed) file.status = 'disputed';
    else if (net >= AMOUNT) file.status = 'paid';
    else if (file.paid > 0 && net === 0) file.status = 'refunded';
    else if (file.contested) file.status = 'disputed';
    else file.status = statusByDate(file, at);
    if (file.status === 'paid') file.closed = true;
  }

  private receive(file: InvoiceFile, amount: number, at: Date): void {
    file.paid += amount;
    this.settle(file, at);
    if (file.status === 'paid') file.claim = null;
    this.post.serve(file, 'receipt', amount);
  }

  private answerClaim(file: InvoiceFile, template: string, amount: number, at: Date): void {
    file.claim = null;
    this.goOn(file, 'claim', at);
    this.post.serve(file, template, amount);
  }

  /** A claim or a dispute keeps in mind what the freelancer had paused himself. */
  private pauseFor(file: InvoiceFile, why: Pause['why'], until: Date | null = null): void {
    file.pause = { why, until, before: why === 'his own' ? null : file.pause };
  }

  private goOn(file: InvoiceFile, why: Pause['why'], at: Date): void {
    if (file.pause?.why !== why) return;
    const { before } = file.pause;
    file.pause = before?.until != null && before.until <= at ? null : before;
  }

  private fileOf(name: string): InvoiceFile {
    const file = this.files.get(name);
    if (file === undefined) throw new Error(`there is no invoice "${name}"`);
    return file;
  }

  private newFile(kind: Kind): InvoiceFile {
    return {
      kind,
      dueDate: plusDays(this.start, kind.due),
      status: 'draft',
      level: 'pending',
      escalatedAt: null,
      pause: null,
      closed: false,
      paid: 0,
      away: 0,
      disputed: false,
      contested: false,
      claim: null,
      courtesies: new Set(),
    };
  }
}
