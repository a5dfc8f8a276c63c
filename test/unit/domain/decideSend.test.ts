import { decideSend } from '../../../functions/src/domain/invoice/decideSend';
import { anInvoice, NOW } from '../../support/domainArbitraries';

const client = { freelancerId: 'user_1', name: 'A Debtor', email: 'debtor@client.example' };
const freelancer = { id: 'user_1', email: 'ada@studio.example', businessName: 'Ada', stripeAccountId: null };

describe('decideSend', () => {
  const send = (dueDate: string | null) =>
    decideSend('inv_1', anInvoice({ status: 'draft', dueDate }), client, freelancer, NOW);

  it.each([
    { dueDate: '2026-03-10', status: 'sent', at: '2026-03-11T00:00:00.000Z' },
    { dueDate: '2026-12-31', status: 'sent', at: '2027-01-01T00:00:00.000Z' },
    { dueDate: '2026-03-09', status: 'overdue', at: NOW.toISOString() },
  ])('makes an invoice that is due on $dueDate $status', ({ dueDate, status, at }) => {
    expect(send(dueDate)).toMatchObject({ kind: 'send', status, fields: { nextActionAt: new Date(at) } });
  });

  it.each([null, '2026-02-30', '2027-02-29'])('refuses %p as a due date, in words', (dueDate) => {
    expect(send(dueDate)).toMatchObject({ kind: 'refused' });
  });
});
