import { type DocumentReference, type Query } from 'firebase-admin/firestore';
import { atOnce } from '../../platform/atOnce';
import { crashPoint } from '../../platform/crashPoint';
import { realClock } from '../../platform/clock';
import { PermanentFailure } from '../../platform/errors';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { type ContactForm, type ContactKind } from './contactKind';

/** Longest time of one walk, milliseconds: whoever called goes on from where it stopped. */
const BUDGET_MS = 60_000;
const PAGE = 100;
const AT_ONCE = 10;

export interface Walk {
  readonly kinds: readonly ContactKind[];
  /** The documents of a kind, in the order of their ids. */
  readonly query: (kind: ContactKind) => Query;
  readonly form: ContactForm;
  /** Counts what would be changed, and changes nothing. */
  readonly dryRun: boolean;
  /** Where an earlier one stopped: collection/id. */
  readonly cursor: string | null;
}

export interface WalkAnswer {
  /** Null: it is through. */
  readonly cursor: string | null;
  /** By collection: `changed`, and `unreadable` for what could not be. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Brings documents into a form, each in a commit of its own; what is in it already is left alone. */
export async function walkContact(
  deps: Pick<Deps, 'db' | 'config' | 'random'>,
  walk: Walk,
): Promise<WalkAnswer> {
  const counts: Record<string, number> = {};
  const over = realClock.now().getTime() + BUDGET_MS;
  const [startKind, startId] = walk.cursor?.split('/') ?? [];
  const first = walk.kinds.findIndex(({ name }) => name === startKind);
  for (const kind of walk.kinds.slice(Math.max(0, first))) {
    let last = kind.name === startKind ? startId : undefined;
    for (;;) {
      const query = walk.query(kind).limit(PAGE);
      const { docs } = await (last === undefined ? query : query.startAfter(last)).select().get();
      await atOnce(AT_ONCE, docs, async ({ ref }) => {
        const outcome = await changeOne(deps, walk, kind, ref);
        if (outcome === null) return;
        const name = `${kind.name}.${outcome}`;
        counts[name] = (counts[name] ?? 0) + 1;
      });
      last = docs.at(-1)?.id;
      if (docs.length < PAGE || last === undefined) break;
      if (realClock.now().getTime() >= over) return { cursor: `${kind.name}/${last}`, counts };
    }
  }
  return { cursor: null, counts };
}

async function changeOne(
  deps: Pick<Deps, 'db' | 'config' | 'random'>,
  { form, dryRun }: Walk,
  kind: ContactKind,
  ref: DocumentReference,
): Promise<'changed' | 'unreadable' | null> {
  try {
    return await retryConflicts(deps.random, async () => {
      const unit = new UnitOfWork(deps.db);
      await unit.read(ref);
      const change = unit.snapshot(ref).exists ? await kind.plan(deps, unit, ref, form) : null;
      if (change === null) return null;
      if (dryRun) return 'changed';
      await change();
      crashPoint('contact.before-commit');
      await unit.commit();
      return 'changed';
    });
  } catch (error) {
    // Erased, or not as it should be: it stays as it is, and is counted.
    if (error instanceof PermanentFailure) return 'unreadable';
    throw error;
  }
}
