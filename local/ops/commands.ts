import { z } from 'zod';
import { StartError } from '../stack/startError';
import { callAsAdmin } from './callAsAdmin';
import { type Commands } from './command';
import { confirm } from './confirm';
import { contactCommands } from './commands/contactCommands';
import { listLeases } from './listLeases';
import { type OpsTarget } from './opsTarget';
import { setAdmin } from './setAdmin';

const eventsSchema = z.object({ events: z.array(z.unknown()), next: z.string().nullable() });

/** Every operator's command, by its words. */
export const COMMANDS: Commands = {
  'grant-admin': {
    usage: 'grant-admin <email>',
    run: (target, [email]) => setAdmin(target, required(email, 'email'), true),
  },
  'revoke-admin': {
    usage: 'revoke-admin <email>',
    run: (target, [email]) => setAdmin(target, required(email, 'email'), false),
  },
  'webhooks list': {
    usage: 'webhooks list [--status dead_letter] --as <email>',
    run: async (target, _words, { status, operator }) => {
      const all: unknown[] = [];
      for (let after: string | null = null; ;) {
        const page = eventsSchema.parse(
          await callAsAdmin(target, operator(), 'listFailedWebhooks', {
            ...(status === undefined ? {} : { status }),
            limit: 100,
            after,
          }),
        );
        all.push(...page.events);
        if (page.next === null) return all;
        after = page.next;
      }
    },
  },
  'webhooks replay': {
    usage: 'webhooks replay <id> [--reason <text>] --as <email>',
    run: (target, [id], { reason, operator }) =>
      asked(target, 'replay an event', () =>
        callAsAdmin(target, operator(), 'replayFailedWebhook', {
          id: required(id, 'id'),
          reason: reason ?? null,
        }),
      ),
  },
  'webhooks discard': {
    usage: 'webhooks discard <id> --reason <text> --as <email>',
    run: (target, [id], { reason, operator }) =>
      asked(target, 'discard an event', () =>
        callAsAdmin(target, operator(), 'discardFailedWebhook', {
          id: required(id, 'id'),
          reason: required(reason, '--reason'),
        }),
      ),
  },
  'leases list': { usage: 'leases list', run: (target) => listLeases(target) },
  'leases release': {
    usage: 'leases release <job-name> [--reason <text>] --as <email>',
    run: (target, [jobName], { reason, operator }) =>
      asked(target, 'release a lease', () =>
        callAsAdmin(target, operator(), 'releaseLease', {
          jobName: required(jobName, 'job-name'),
          reason: reason ?? null,
        }),
      ),
  },
  ...contactCommands,
};

async function asked(target: OpsTarget, what: string, work: () => Promise<unknown>): Promise<unknown> {
  await confirm(target, what);
  return work();
}

function required(word: string | undefined, name: string): string {
  if (word === undefined || word === '') throw new StartError(`The command needs ${name}.`);
  return word;
}
