import { type Account } from '../../../functions/src/domain/account/account';
import { fullName, primaryEmail } from '../../../functions/src/domain/account/clerkEvent';
import { decideToClose, decideToKeep } from '../../../functions/src/domain/account/decideClosing';
import { type Closing } from '../../../functions/src/domain/account/closing';
import { NOW } from '../../support/domainArbitraries';

const DAY_MS = 24 * 60 * 60 * 1000;
const closing: Closing = {
  by: 'user',
  requestedAt: NOW,
  closesAt: new Date(NOW.getTime() + 3 * DAY_MS),
  saidAt: 1_000,
  statusBefore: 'active',
};
const marked: Account = { status: 'closing', closing };
const closed: Account = { status: 'closed', closing: { ...closing, startedAt: NOW } };

describe('closing an account', () => {
  it('marks one that nobody knows yet, with what a new one starts with', () => {
    const { outcome, fields } = decideToClose(null, 'clerk', 1_000, NOW);
    expect(outcome).toBe('closing');
    expect(fields).toMatchObject({ status: 'closing', role: 'user', closing: { statusBefore: null } });
  });

  it('asked for again keeps its days of grace, and notes only what was said later', () => {
    expect(decideToClose(marked, 'user', 999, NOW)).toEqual({ outcome: 'closing_already', fields: null });
    expect(decideToClose(marked, 'user', 2_000, NOW).fields).toMatchObject({
      closing: { ...closing, saidAt: 2_000 },
    });
  });

  it('that has begun is not begun again, nor stopped', () => {
    expect(decideToClose(closed, 'user', 2_000, NOW)).toEqual({ outcome: 'account_closed', fields: null });
    expect(decideToKeep(closed, 'user', NOW)).toBeNull();
  });

  it('is stopped within its grace: the account is what it was', () => {
    expect(decideToKeep(marked, 'user', NOW)?.fields).toMatchObject({ status: 'active', closing: null });
    expect(decideToKeep({ status: 'active' }, 'user', NOW)).toBeNull();
  });
});

describe('a user of Clerk', () => {
  const user = (fields: object): Parameters<typeof primaryEmail>[0] => ({
    id: 'user_1',
    updated_at: 1,
    ...fields,
  });
  const address = { id: 'a1', email_address: ' Ada@Studio.Example ' };
  const withAddress = (more: object): Parameters<typeof primaryEmail>[0] =>
    user({ primary_email_address_id: 'a1', email_addresses: [{ ...address, ...more }] });

  it('has the address that is his first and verified, trimmed and in lower case', () => {
    expect(primaryEmail(withAddress({ verification: { status: 'verified' } }))).toBe('ada@studio.example');
    expect(primaryEmail(withAddress({}))).toBe('ada@studio.example');
    expect(primaryEmail(withAddress({ verification: { status: 'unverified' } }))).toBeNull();
    expect(primaryEmail(withAddress({ email_address: ' ' }))).toBeNull();
    expect(primaryEmail(user({ email_addresses: [address] }))).toBeNull();
    expect(primaryEmail(user({}))).toBeNull();
  });

  it('has the name of what there is of it', () => {
    expect(fullName(user({ first_name: ' Ada ', last_name: 'Free' }))).toBe('Ada Free');
    expect(fullName(user({ last_name: 'Free' }))).toBe('Free');
    expect(fullName(user({ first_name: ' ', last_name: null }))).toBeNull();
  });
});
