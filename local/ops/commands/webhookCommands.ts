import { z } from 'zod';
import { allPages } from '../allPages';
import { callAsAdmin } from '../callAsAdmin';
import { callAsked, type Commands, required } from '../command';
import { showWebhook } from '../showWebhook';

const replaySchema = z.object({ outcome: z.string() });

/** Events that could not be applied. */
export const webhookCommands: Commands = {
  'webhooks list': {
    usage: 'webhooks list [--status dead_letter] --as <email>',
    words: 0,
    run: (target, _words, { status, operator }) =>
      allPages(
        (after) =>
          callAsAdmin(target, operator(), 'listFailedWebhooks', {
            ...(status === undefined ? {} : { status }),
            limit: 100,
            after,
          }),
        'events',
      ),
  },
  'webhooks show': {
    usage: 'webhooks show <id>',
    words: 1,
    run: (target, [id]) => showWebhook(target, required(id, '<id>')),
  },
  'webhooks replay': {
    usage: 'webhooks replay <id> [--reason <text>] --as <email>',
    words: 1,
    run: (target, [id], options) =>
      callAsked(
        target,
        'replay an event',
        'replayFailedWebhook',
        { id: required(id, '<id>'), reason: options.reason ?? null },
        options,
      ),
    // Tried, and not applied: a script has to notice.
    failed: (result) => replaySchema.parse(result).outcome !== 'resolved',
  },
  'webhooks discard': {
    usage: 'webhooks discard <id> --reason <text> --as <email>',
    words: 1,
    run: (target, [id], options) =>
      callAsked(
        target,
        'discard an event',
        'discardFailedWebhook',
        { id: required(id, '<id>'), reason: required(options.reason, '--reason') },
        options,
      ),
  },
};
