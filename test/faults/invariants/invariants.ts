import { type Books } from './books';
import { claimsAfterNo } from './claimsAfterNo';
import { leaseTokens } from './leaseTokens';
import { nothingStuck } from './nothingStuck';
import { optOutAudit } from './optOutAudit';
import { sentOnce } from './sentOnce';

/** What must hold after every story, whatever happened to it. @returns what does not */
export function invariants(books: Books): string[] {
  return [nothingStuck, sentOnce, leaseTokens, claimsAfterNo, optOutAudit].flatMap((holds) => holds(books));
}
