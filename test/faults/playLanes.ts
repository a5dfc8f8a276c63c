import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type LaneNews } from './lane';

export interface Order {
  readonly seed: number;
  /** Number of the first plan. */
  readonly from: number;
  readonly plans: number;
  readonly lanes: number;
  /** host:port */
  readonly emulator: string;
}

/**
 * Plays plans in several processes, each in a project of its own, so that they do not see each other.
 *
 * @param tell hears of each plan when it was played
 * @throws when a lane breaks
 */
export async function playLanes(order: Order, tell: (news: LaneNews) => void): Promise<void> {
  await Promise.all(Array.from({ length: order.lanes }, (_, lane) => playLane(order, lane, tell)));
}

function playLane(order: Order, lane: number, tell: (news: LaneNews) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'lane.cjs'), [JSON.stringify({ ...order, lane })], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    let complaints = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-5_000);
    });
    child.on('message', (news: LaneNews) => tell(news));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`lane ${lane} ended with ${String(code)}\n${complaints}`));
    });
  });
}
