import { type OutboxRow } from './outboxRow';

/** Whether an operator may have it sent anew: it is certain, or will never be known, that it did not arrive. */
export function isResendable({ status, expiresAt }: Pick<OutboxRow, 'status' | 'expiresAt'>): boolean {
  switch (status) {
    case 'failed':
    case 'suppressed':
    case 'cancelled':
      return true;
    case 'unknown':
      // Only a final one expires: until then a callback may still say that it arrived.
      return expiresAt != null;
    case 'pending':
    case 'sending':
    case 'sent':
    case 'delivered':
      return false;
  }
}
