import { readCursor, writeCursor } from '../../../functions/src/domain/privacy/pageCursor';
import { describeHeld } from '../../../functions/src/domain/privacy/describeHeld';

const KNOWN = ['invoices', 'outbox/private'];
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor of an export', () => {
  it.each([
    { collection: 'invoices', path: 'invoices/inv_1' },
    { collection: 'outbox/private', path: 'outbox/msg_1/private/content' },
  ])('comes back as it was given: $path', (cursor) => {
    expect(readCursor(writeCursor(cursor), KNOWN)).toEqual(cursor);
  });

  it.each([
    ['is no JSON', 'not a cursor'],
    ['is of another form', encoded({ path: 'invoices/inv_1' })],
    ['names a collection that is not asked of', encoded(['audit_log', 'audit_log/a'])],
    ['names another collection than its path', encoded(['invoices', 'users/uid_1'])],
    ['names a collection and no document', encoded(['invoices', 'invoices'])],
    ['has an empty part', encoded(['invoices', 'invoices/'])],
    ['goes up', encoded(['invoices', 'invoices/..'])],
    ['has a name of Firestore’s own', encoded(['invoices', 'invoices/__id__'])],
  ])('is none when it %s', (_, text) => {
    expect(readCursor(text, KNOWN)).toBeNull();
  });
});

describe('what is held about a freelancer', () => {
  it('says of each collection what for, and of what is left out why', () => {
    const held = describeHeld();
    const users = held.find(({ collection }) => collection === 'users');
    expect(users).toMatchObject({ leftOut: null });
    expect(held.every(({ holds, purpose }) => holds !== '' && purpose !== '')).toBe(true);
    expect(held.some(({ leftOut }) => leftOut !== null && leftOut !== '')).toBe(true);
  });
});
