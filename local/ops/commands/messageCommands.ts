import { z } from 'zod';
import { StartError } from '../../stack/startError';
import { allPages } from '../allPages';
import { callAsAdmin } from '../callAsAdmin';
import { callAsked, type Commands, required } from '../command';

const outcomeSchema = z.object({ outcome: z.string() });

const ACTIONS: Readonly<Record<string, string>> = { out: 'opt_out', in: 'opt_in' };

/** Messages, and the numbers that do not want them. */
export const messageCommands: Commands = {
  'outbox list': {
    usage: 'outbox list [--status failed] --as <email>',
    words: 0,
    run: (target, _words, { status, operator }) =>
      allPages(
        (after) =>
          callAsAdmin(target, operator(), 'listOutbox', {
            ...(status === undefined ? {} : { status }),
            limit: 100,
            after,
          }),
        'messages',
      ),
  },
  'outbox resend': {
    usage: 'outbox resend <id> --reason <text> --as <email>',
    words: 1,
    run: (target, [id], options) =>
      callAsked(
        target,
        'send a message anew',
        'resendOutbox',
        { id: required(id, '<id>'), reason: required(options.reason, '--reason') },
        options,
      ),
  },
  'optout show': {
    usage: 'optout show <number> --as <email>',
    words: 1,
    run: (target, [phone], { operator }) =>
      callAsAdmin(target, operator(), 'lookupOptOut', { phone: required(phone, '<number>') }),
  },
  'optout set': {
    usage: 'optout set <number> out|in [--reason <text>, for `in` a must] --as <email>',
    words: 2,
    run: (target, [phone, wish], options) => {
      const number = required(phone, '<number>');
      const action = ACTIONS[required(wish, '`out` or `in`')];
      if (action === undefined) throw new StartError('The command needs `out` or `in` behind the number.');
      const reason = action === 'opt_in' ? required(options.reason, '--reason') : (options.reason ?? null);
      return callAsked(
        target,
        `${action === 'opt_in' ? 'allow' : 'stop'} text messages to a number`,
        'setOptOut',
        { phone: number, action, reason },
        options,
      );
    },
    // Something newer was said: nothing was changed.
    failed: (result) => outcomeSchema.parse(result).outcome === 'superseded',
  },
};
