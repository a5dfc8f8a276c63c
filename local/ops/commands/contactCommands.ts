import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { StartError } from '../../stack/startError';
import { callAsAdmin } from '../callAsAdmin';
import { type CommandOptions, type Commands } from '../command';
import { confirm } from '../confirm';
import { type OpsTarget } from '../opsTarget';

const countsSchema = z.record(z.string(), z.number());
const migrationSchema = z.object({
  done: z.boolean(),
  waitMs: z.number(),
  cursor: z.string().nullable(),
  counts: countsSchema,
});
const rotationSchema = z.object({
  version: z.number(),
  done: z.boolean(),
  counts: countsSchema,
  retired: z.boolean(),
  retiresAt: z.string().nullable(),
});
const keysSchema = z.object({
  keys: z.array(
    z.object({ version: z.number(), writes: z.boolean(), live: z.boolean(), usedBy: z.array(z.string()) }),
  ),
});

/** Sealing contact data, and its keys. */
export const contactCommands: Commands = {
  'migrate-pii': {
    usage: 'migrate-pii [--dry-run | --undo | --confirm] --as <email>',
    words: 0,
    run: async (target, _words, options) => {
      const to = options.undo === true ? 'clear' : options.confirm === true ? 'settled' : 'sealed';
      if (options.dryRun !== true) await confirm(target, WHAT[to]);
      return migrate(target, options, to);
    },
  },
  'rotate-keys': {
    usage: 'rotate-keys <uid> | --all --as <email>',
    words: 1,
    run: async (target, [uid], options) => {
      const owners = options.all === true ? await everyOwner(target) : [uid ?? ''];
      if (owners.includes('')) throw new StartError('The command needs a uid, or --all.');
      await confirm(target, `give ${owners.length} owners of contact data a new key`);
      const rows = [];
      for (const owner of owners) rows.push({ owner, ...(await rotate(target, options, owner)) });
      return rows;
    },
  },
  'hash-keys': {
    usage: 'hash-keys --as <email>',
    words: 0,
    run: async (target, _words, { operator }) => {
      const { keys } = keysSchema.parse(await callAsAdmin(target, operator(), 'listHashKeys', {}));
      return keys.map((key) => ({ ...key, usedBy: key.usedBy.join(' ') }));
    },
  },
};

const WHAT = {
  sealed: 'seal all contact data',
  clear: 'bring all contact data back into the clear',
  settled: 'make it final that contact data is sealed',
} as const;

/** Asks again until all is done; whoever is interrupted asks again, and it goes on where it was. */
async function migrate(
  target: OpsTarget,
  { operator, dryRun = false }: CommandOptions,
  to: keyof typeof WHAT,
): Promise<Record<string, number>> {
  const total: Record<string, number> = {};
  let cursor: string | null = null;
  for (;;) {
    const data = { to, dryRun, ...(cursor === null ? {} : { cursor }) };
    const answer = migrationSchema.parse(await callAsAdmin(target, operator(), 'migrateContactData', data));
    // A dry run is counted here; what changes something counts for itself, over all its calls.
    for (const [name, count] of Object.entries(answer.counts))
      total[name] = (dryRun ? (total[name] ?? 0) : 0) + count;
    if (answer.done) return total;
    cursor = dryRun ? answer.cursor : null;
    await sleep(answer.waitMs);
  }
}

async function rotate(target: OpsTarget, { operator }: CommandOptions, owner: string) {
  for (;;) {
    const answer = rotationSchema.parse(await callAsAdmin(target, operator(), 'rotateDataKey', { owner }));
    if (answer.done)
      return { version: answer.version, retired: answer.retired, callAgainAt: answer.retiresAt ?? '' };
  }
}

async function everyOwner({ db }: OpsTarget): Promise<string[]> {
  return (await db.collection('data_keys').select().get()).docs.map(({ id }) => id);
}
