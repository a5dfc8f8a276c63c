import { type Fault, faultName } from '../plan/plan';
import { countOf, transactionEnded } from '../wire/fields';
import { CODES, type Rule, type Verdict } from '../wire/verdict';

/** A commit's writes are its second field. */
const WRITES = 2;
const PASS: Verdict = { kind: 'pass' };

/** Sees to it that a plan's faults happen, each once, and keeps count of those that did. */
export class FaultDesk {
  /** Of the faults that happened, by name. */
  readonly fired: string[] = [];
  /** Crash points at which an instance was killed. */
  readonly killedAt: string[] = [];
  /** Number of the deed under way; null while nothing is to go wrong. */
  deed: number | null = null;
  private readonly left: Fault[];
  private readonly calls = new Map<string, number>();
  private readonly passed = new Map<string, number>();
  private held: { readonly release: () => void } | null = null;
  private tellHeld: () => void = () => undefined;

  constructor(
    faults: readonly Fault[],
    /** How many deeds there are: a fault that is placed at a later one comes round to an earlier one. */
    private readonly deeds: () => number,
    private readonly kill: (instance: number) => void,
  ) {
    this.left = [...faults];
  }

  /** From now on this deed is under way. */
  begin(deed: number): void {
    this.deed = deed;
    this.calls.clear();
  }

  end(): void {
    this.deed = null;
  }

  /** The plan's next fault of a kind, if it is for the deed under way; it counts as done then. */
  take<K extends Fault['kind']>(
    kind: K,
    fits: (fault: Extract<Fault, { kind: K }>) => boolean = () => true,
  ): Extract<Fault, { kind: K }> | null {
    const found = this.left.find(
      (fault): fault is Extract<Fault, { kind: K }> =>
        fault.kind === kind &&
        (!('deed' in fault) || fault.deed % this.deeds() === this.deed) &&
        fits(fault as Extract<Fault, { kind: K }>),
    );
    if (found === undefined) return null;
    this.left.splice(this.left.indexOf(found), 1);
    this.fired.push(faultName(found));
    return found;
  }

  /** A kill that is to end a process; it is done by whoever starts one. */
  get realKill(): Extract<Fault, { kind: 'kill' }> | null {
    const found = this.left.find(
      (fault): fault is Extract<Fault, { kind: 'kill' }> => fault.kind === 'kill' && fault.really,
    );
    return found ?? null;
  }

  noteRealKill(point: string): void {
    this.take('kill');
    this.killedAt.push(point);
  }

  /** The process did not come by its crash point: a handler that does is abandoned there instead. */
  giveUpRealKill(): void {
    const fault = this.realKill;
    if (fault === null) return;
    this.left[this.left.indexOf(fault)] = { ...fault, really: false };
  }

  onCrashPoint(instance: number, name: string): void {
    if (this.deed === null) return;
    const passed = (this.passed.get(name) ?? 0) + 1;
    this.passed.set(name, passed);
    const kill = this.take('kill', ({ point, nth, really }) => !really && point === name && nth <= passed);
    if (kill === null) return;
    this.killedAt.push(name);
    this.kill(instance);
  }

  /** Resolves when a process is paused, its commit held back. */
  whenHeld(): Promise<'held'> {
    return new Promise((resolve) => {
      this.tellHeld = () => resolve('held');
      if (this.held !== null) resolve('held');
    });
  }

  /** The paused process wakes. */
  release(): void {
    this.held?.release();
    this.held = null;
  }

  readonly rule: Rule = async ({ method, request }) => {
    if (this.deed === null) return PASS;
    const writes = method === 'Commit' && countOf(request, WRITES) > 0;
    if (method === 'Commit' && !writes) return PASS;
    const nth = (this.calls.get(method) ?? 0) + 1;
    this.calls.set(method, nth);
    if (!writes) await this.maybeSlow();
    const refused = this.take('refused_call', (fault) => fault.method === method && fault.nth <= nth);
    if (refused !== null) return { kind: 'refuse', code: CODES[refused.code] };
    if (!writes) return PASS;
    if (transactionEnded('Commit', request) === null) {
      const paused = this.held === null ? this.take('paused_process', (fault) => fault.nth <= nth) : null;
      if (paused !== null) await this.hold();
    }
    const lost = this.take('lost_answer', (fault) => fault.nth <= nth);
    if (lost === null) return PASS;
    return { kind: 'lose_answer', code: lost.how === 'reset' ? 'reset' : CODES[lost.how] };
  };

  /** All reads of the deed are slow, and it counts once. */
  private async maybeSlow(): Promise<void> {
    const slow = this.slowing ?? this.take('slow_reads');
    if (slow === null || slow.deed % this.deeds() !== this.deed) {
      this.slowing = null;
      return;
    }
    this.slowing = slow;
    await new Promise((resolve) => setTimeout(resolve, slow.ms));
  }
  private slowing: Extract<Fault, { kind: 'slow_reads' }> | null = null;

  private hold(): Promise<void> {
    return new Promise((resolve) => {
      this.held = { release: resolve };
      this.tellHeld();
    });
  }
}
