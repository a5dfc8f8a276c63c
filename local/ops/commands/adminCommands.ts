import { type Commands, required } from '../command';
import { setAdmin } from '../setAdmin';

/** Who is an admin. */
export const adminCommands: Commands = {
  'grant-admin': {
    usage: 'grant-admin <email>',
    words: 1,
    run: (target, [email]) => setAdmin(target, required(email, '<email>'), true),
  },
  'revoke-admin': {
    usage: 'revoke-admin <email>',
    words: 1,
    run: (target, [email]) => setAdmin(target, required(email, '<email>'), false),
  },
};
