import { type Books } from './books';
import { claimsAfterNo } from './claimsAfterNo';
import { consentAudit } from './consentAudit';
import { contactCaps } from './contactCaps';
import { leaseTokens } from './leaseTokens';
import { moneyAddsUp } from './moneyAddsUp';
import { nothingInTheClear } from './nothingInTheClear';
import { nothingStuck } from './nothingStuck';
import { optOutAudit } from './optOutAudit';
import { sentOnce } from './sentOnce';

/** What must hold after every story, whatever happened to it. @returns what does not */
export function invariants(books: Books): string[] {
  return [
    nothingStuck,
    sentOnce,
    leaseTokens,
    claimsAfterNo,
    contactCaps,
    moneyAddsUp,
    optOutAudit,
    consentAudit,
    nothingInTheClear,
  ].flatMap((holds) => holds(books));
}
