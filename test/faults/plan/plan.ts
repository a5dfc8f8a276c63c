import { SeededRandom } from '../../support/random';
import { type Story } from '../stories/story';

/** One thing that goes wrong. `deed` says during which deed it does, modulo the number of deeds. */
export type Fault =
  | { readonly kind: 'kill'; readonly point: string; readonly nth: number; readonly really: boolean }
  | {
      readonly kind: 'lost_answer';
      readonly how: 'reset' | 'UNAVAILABLE' | 'DEADLINE_EXCEEDED';
      readonly deed: number;
      readonly nth: number;
    }
  | {
      readonly kind: 'refused_call';
      readonly code: 'ABORTED' | 'UNAVAILABLE' | 'DEADLINE_EXCEEDED';
      readonly method: 'Commit' | 'BatchGetDocuments' | 'RunQuery';
      readonly deed: number;
      readonly nth: number;
    }
  | { readonly kind: 'slow_reads'; readonly deed: number; readonly ms: number }
  | { readonly kind: 'duplicate'; readonly deed: number; readonly times: number }
  | { readonly kind: 'late_duplicate'; readonly deed: number }
  | { readonly kind: 'reorder'; readonly seed: number }
  | { readonly kind: 'two_runners'; readonly deed: number }
  | { readonly kind: 'paused_process'; readonly deed: number; readonly nth: number }
  | { readonly kind: 'clock_skew'; readonly minutes: number }
  | {
      readonly kind: 'provider';
      readonly mode: 'timeout_after_accept' | 'accept_then_error' | 'server_error' | 'reset' | 'rate_limit';
    }
  | { readonly kind: 'lost_trigger' };

export interface Plan {
  readonly seed: number;
  readonly index: number;
  readonly story: string;
  readonly faults: readonly Fault[];
  /** Contact data that is there when the story begins is sealed first, for good. */
  readonly sealed: boolean;
}

/** Names of the faults as a report has them: a kind with what makes it another one. */
export function faultName(fault: Fault): string {
  switch (fault.kind) {
    case 'kill':
      return fault.really ? 'kill (process)' : 'kill (handler)';
    case 'lost_answer':
      return `lost_answer ${fault.how}`;
    case 'refused_call':
      return `refused ${fault.code}`;
    case 'provider':
      return `provider ${fault.mode}`;
    default:
      return fault.kind;
  }
}

/** Every name that a report must have. */
export const FAULT_NAMES = [
  'kill (process)',
  'kill (handler)',
  'lost_answer reset',
  'lost_answer UNAVAILABLE',
  'lost_answer DEADLINE_EXCEEDED',
  'refused ABORTED',
  'refused UNAVAILABLE',
  'refused DEADLINE_EXCEEDED',
  'slow_reads',
  'duplicate',
  'late_duplicate',
  'reorder',
  'two_runners',
  'paused_process',
  'clock_skew',
  'provider timeout_after_accept',
  'provider accept_then_error',
  'provider server_error',
  'provider reset',
  'provider rate_limit',
  'lost_trigger',
] as const;

/** A multiple of the numbers of deeds that most stories have, so that each is as likely. */
const MOST_DEEDS = 12;
/** Share of the kills that end a process: one takes a second to start. */
const REAL_KILLS = 0.09;

/** The plan with this number, of this seed. Stories take turns; their order says nothing. */
export function makePlan(seed: number, index: number, stories: readonly Story[]): Plan {
  const random = new SeededRandom(Math.imul(seed ^ (index * 0x9e3779b1), 0x85ebca6b) ^ index);
  const story = stories[index % stories.length];
  if (story === undefined) throw new Error('there are no stories');
  const faults: Fault[] = [];
  const turn = Math.floor(index / stories.length);
  if (turn % 2 === 0) faults.push(...kill(story, turn / 2, random));
  for (let n = random.below(4); n > 0; n -= 1) faults.push(another(story, random));
  if (random.fraction() < 0.3) faults.push({ kind: 'clock_skew', minutes: random.below(2) === 0 ? 5 : -5 });
  if (random.fraction() < 0.3) faults.push({ kind: 'reorder', seed: random.below(1_000_000) });
  if (random.fraction() < 0.4) faults.push({ kind: 'lost_trigger' });
  return { seed, index, story: story.name, faults, sealed: isSealed(seed, index) };
}

/** Every second one, whatever its story and its faults: by a draw of its own, which leaves theirs as they are. */
function isSealed(seed: number, index: number): boolean {
  return new SeededRandom(Math.imul(seed ^ (index * 0x27d4eb2f), 0x9e3779b1) ^ ~index).fraction() < 0.5;
}

/** Every second turn of a story kills it, at one crash point after the other. */
function kill(story: Story, turn: number, random: SeededRandom): Fault[] {
  const point = story.crashPoints[turn % story.crashPoints.length] ?? '';
  const really = random.fraction() < REAL_KILLS;
  const nth = 1 + Math.floor(random.below(6) / 5);
  // Only an event that fails is recorded as one, and only a provider that does not answer makes it fail.
  const failing: Fault[] = point.startsWith('failure.')
    ? [
        { kind: 'provider', mode: 'server_error' },
        { kind: 'provider', mode: 'reset' },
        { kind: 'provider', mode: 'rate_limit' },
      ]
    : [];
  return [{ kind: 'kill', point, nth: failing.length > 0 ? 1 : nth, really }, ...failing];
}

function another(story: Story, random: SeededRandom): Fault {
  const deed = random.below(MOST_DEEDS);
  const draw = random.below(story.provider === null ? 9 : 12);
  switch (draw) {
    case 0:
    case 1:
      return {
        kind: 'lost_answer',
        how: oneOf(['reset', 'UNAVAILABLE', 'DEADLINE_EXCEEDED'], random),
        deed,
        nth: 1 + random.below(3),
      };
    case 2:
    case 3:
      return {
        kind: 'refused_call',
        code: oneOf(['ABORTED', 'UNAVAILABLE', 'DEADLINE_EXCEEDED'], random),
        method: oneOf(['Commit', 'BatchGetDocuments', 'RunQuery'], random),
        deed,
        nth: 1 + random.below(3),
      };
    case 4:
      return { kind: 'slow_reads', deed, ms: 5 + random.below(40) };
    case 5:
      return { kind: 'duplicate', deed, times: 2 + random.below(2) };
    case 6:
      return { kind: 'late_duplicate', deed };
    case 7:
      return { kind: 'two_runners', deed };
    case 8:
      return { kind: 'paused_process', deed, nth: 1 + random.below(3) };
    default:
      return {
        kind: 'provider',
        mode: oneOf(
          ['timeout_after_accept', 'accept_then_error', 'server_error', 'reset', 'rate_limit'],
          random,
        ),
      };
  }
}

function oneOf<T>(choice: readonly T[], random: SeededRandom): T {
  const taken = choice[random.below(choice.length)];
  if (taken === undefined) throw new Error('there is nothing to choose from');
  return taken;
}
