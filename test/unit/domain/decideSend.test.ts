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

  it.each<[string, object, object | null, object]>([
    ['cancelled', { status: 'cancelled' }, client, freelancer],
    ['that nobody could pay yet', {}, client, { ...freelancer, canCharge: false }],
    ['to nobody', {}, null, freelancer],
    ['to a client without an address', {}, { ...client, email: '' }, freelancer],
    ['of nothing', { amount: 0 }, client, freelancer],
    ['of more than a million', { amount: 100_000_001 }, client, freelancer],
    ['in no currency', { currency: 'pounds' }, client, freelancer],
  ])('refuses an invoice %s', (_, fields, to, from) => {
    const invoice = anInvoice({ status: 'draft', ...fields });
    const decision = decideSend('inv_1', invoice, to as typeof client | null, from as typeof freelancer, NOW);
    expect(decision).toMatchObject({ kind: 'refused' });
  });

  it('sends it to a client without a name', () => {
    const decision = decideSend(
      'inv_1',
      anInvoice({ status: 'draft' }),
      { ...client, name: null },
      freelancer,
      NOW,
    );
    expect(decision).toMatchObject({
      kind: 'send',
      fields: { clientName: null },
      message: { to: client.email },
    });
  });
});
