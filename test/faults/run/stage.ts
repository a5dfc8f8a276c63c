import { type Deed } from '../instance/deed';
import { doInDoomedProcess, exportOf } from '../instance/doomed';
import { doInProcess, type Outcome } from '../instance/doInProcess';
import { type FaultDesk } from './faultDesk';
import { type House, INSTANCES } from './house';

/** Longer than any job's lease: a process that slept for so long has lost it. */
const LONGER_THAN_LEASES_MS = 11 * 60_000;
/** Processes that are started for one kill, at the most. */
const MOST_PROCESSES = 2;

/** Has deeds done while a plan's faults happen to them. */
export class Stage {
  private processes = 0;

  constructor(
    private readonly house: House,
    private readonly desk: FaultDesk,
  ) {}

  /** The deed of this number, with what the plan has for it. @returns whether somebody was answered */
  async perform(deed: Deed, number: number): Promise<boolean> {
    this.desk.begin(number);
    try {
      if (this.desk.realKill !== null) {
        const outcome = await this.inDoomedProcess(deed);
        if (outcome !== 'lost' && outcome !== null) return isAnswer(outcome);
      }
      const times = this.desk.take('duplicate')?.times ?? (this.desk.take('two_runners') === null ? 1 : 2);
      const tick = this.house.newTick();
      const outcomes = await Promise.all(
        Array.from({ length: times }, (_, copy) => this.withPauses(deed, (number + copy) % INSTANCES, tick)),
      );
      return outcomes.some(isAnswer);
    } finally {
      this.desk.end();
    }
  }

  /** The deed on one instance, at a tick of its own unless told. */
  async once(deed: Deed, n: number, tick = this.house.newTick()): Promise<Outcome> {
    const instance = await this.house.instance(n);
    const result = await instance.run(() => doInProcess(instance.code, deed, this.house.db, tick));
    return result === null ? 'lost' : result.value;
  }

  /** If the process falls asleep, another does the same meanwhile, and it wakes when its time is over. */
  private async withPauses(deed: Deed, n: number, tick: string): Promise<Outcome> {
    const held = this.desk.whenHeld();
    const working = this.once(deed, n, tick);
    if ((await Promise.race([working, held])) === 'held') {
      this.house.later(LONGER_THAN_LEASES_MS);
      const other = await this.once(
        again(deed),
        (n + 1) % INSTANCES,
        deed.do === 'tick' ? this.house.newTick() : tick,
      );
      this.desk.release();
      const woken = await working;
      return isAnswer(other) ? other : woken;
    }
    return working;
  }

  private async inDoomedProcess(deed: Deed): Promise<Outcome | null> {
    const { desk, house } = this;
    const kill = desk.realKill;
    const target = exportOf(deed);
    if (kill === null || target === null || this.processes >= MOST_PROCESSES) {
      desk.giveUpRealKill();
      return null;
    }
    this.processes += 1;
    const { door, env } = await house.outpost();
    const crashAt = `${kill.point}#${kill.nth}`;
    const scheduleTime = house.newTick();
    const { outcome, killed } = await doInDoomedProcess(target, deed, crashAt, {
      projectId: house.projectId,
      env,
      scheduleTime,
    });
    door.close();
    if (killed) desk.noteRealKill(kill.point);
    return outcome;
  }
}

/** A queue says when it tries again. */
function again(deed: Deed): Deed {
  return deed.do === 'task' ? { ...deed, retries: 1 } : deed;
}

function isAnswer(outcome: Outcome): boolean {
  return outcome === 'done' || outcome === 'refused';
}
