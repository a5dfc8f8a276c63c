import { decideAccountClosed } from '../../../functions/src/domain/account/decideAccountClosed';
import { initialEscalationState } from '../../../functions/src/domain/invoice/escalationState';
import { type Invoice } from '../../../functions/src/domain/invoice/invoice';
import { anInvoice, NOW } from '../../support/domainArbitraries';

const stateOf = (fields: Partial<Invoice>, escalation: ReturnType<typeof initialEscalationState> | null) => ({
  id: 'inv-1',
  invoice: anInvoice({ clientEmail: 'debtor@client.example', ...fields }),
  escalation,
});
const ada = { id: 'user-1', email: 'ada@studio.example', businessName: 'Ada Studio', stripeAccountId: null };
const chase = initialEscalationState('user-1');

describe('an invoice whose freelancer closes his account', () => {
  it.each(['draft', 'paid', 'refunded', 'cancelled'] as const)('that is %s stays as it is', (status) => {
    expect(decideAccountClosed(stateOf({ status }, chase), null, NOW)).toBeNull();
  });

  it.each(['sent', 'overdue', 'in_collections', 'disputed'] as const)(
    'that is %s is not chased any more and keeps its status; the debtor is told',
    (status) => {
      const changes = decideAccountClosed(stateOf({ status }, null), ada, NOW);
      expect(changes).toMatchObject({
        outcome: 'account_closed',
        escalation: { value: { closedAt: NOW, closedReason: 'account_closed' } },
        outbox: [{ template: 'reminders_stopped', params: { businessName: 'Ada Studio' } }],
      });
      expect(changes?.invoice?.fields).toEqual({ nextActionAt: null });
    },
  );

  it('whose chase was closed before keeps the reason of that', () => {
    const before = { ...chase, closedAt: new Date(0), closedReason: 'written off' };
    const changes = decideAccountClosed(stateOf({ status: 'overdue' }, before), null, NOW);
    expect(changes?.escalation?.value).toEqual(before);
  });

  it('whose payment page is being made says that it is wanted no more', () => {
    const checkout = { sessionId: null, expiresAt: NOW, amount: 100, generation: 1, fee: 0 };
    const changes = decideAccountClosed(stateOf({ status: 'sent', checkout }, chase), null, NOW);
    expect(changes?.invoice?.fields).toMatchObject({ checkout: { ...checkout, expiresAt: null } });
  });

  it('without an address for its debtor is closed without a word', () => {
    const changes = decideAccountClosed(stateOf({ status: 'sent', clientEmail: null }, chase), null, NOW);
    expect(changes?.outbox).toEqual([]);
  });
});
