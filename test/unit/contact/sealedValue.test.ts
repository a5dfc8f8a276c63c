import { hashKeysOf } from '../../../functions/src/platform/hashKeys';
import { addressHash } from '../../../functions/src/platform/addressHash';
import {
  isSealed,
  newSealingKey,
  seal,
  SealBroken,
  sealVersion,
  unseal,
} from '../../../functions/src/platform/sealedValue';

const KEY = { version: 3, key: newSealingKey() };
const PLACE = 'invoices/inv_1/clientEmail';
const ADDRESS = 'dora.bee@client.example';

describe('a sealed value', () => {
  const sealed = seal(KEY, PLACE, ADDRESS);

  it('opens with its key where it was sealed, and says nothing otherwise', () => {
    expect(unseal(KEY.key, PLACE, sealed)).toBe(ADDRESS);
    expect(sealed).toMatch(/^s1\.3\.[\w-]{16}\.[\w-]+$/);
    expect(sealVersion(sealed)).toBe(3);
    expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').includes('dora')).toBe(false);
    expect(unseal(KEY.key, PLACE, seal(KEY, PLACE, ''))).toBe('');
    expect(unseal(KEY.key, PLACE, seal(KEY, PLACE, 'zoë@bücher.example'))).toBe('zoë@bücher.example');
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 200 }, () => seal(KEY, PLACE, ADDRESS))).size).toBe(200);
  });

  it.each([
    ['in another document', 'invoices/inv_2/clientEmail'],
    ['in another field', 'invoices/inv_1/clientPhone'],
    ['in another collection', 'clients/inv_1/clientEmail'],
  ])('does not open %s', (_where, place) => {
    expect(() => unseal(KEY.key, place, sealed)).toThrow(SealBroken);
  });

  it('does not open with another key, nor when any of its characters is another', () => {
    expect(() => unseal(newSealingKey(), PLACE, sealed)).toThrow(SealBroken);
    // The last one may hold bits that are not used.
    const start = 's1.3.'.length;
    for (let at = start; at < sealed.length - 1; at += 1) {
      if (sealed[at] === '.') continue;
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      expect(() => unseal(KEY.key, PLACE, changed)).toThrow(SealBroken);
    }
    for (const short of [sealed.slice(0, -4), 's1.3.AAAA.BBBB', '']) {
      expect(() => unseal(KEY.key, PLACE, short)).toThrow(SealBroken);
    }
  });

  it('is not taken for an address, nor an address for it', () => {
    expect(isSealed(sealed)).toBe(true);
    for (const clear of [ADDRESS, 's1.2.aaaaaaaaaaaaaaaa@x.example', '+447700900123', '', null, 7])
      expect(isSealed(clear)).toBe(false);
  });
});

describe('the keys of the hashes', () => {
  const long = (letter: string): string => letter.repeat(32);

  it('are up to three, the one that is written first; one without a number is the first version', () => {
    expect(hashKeysOf(long('a'))).toEqual([{ version: 1, key: long('a') }]);
    expect(hashKeysOf(`3:${long('c')}, 2:${long('b')},${long('a')}`)).toEqual([
      { version: 3, key: long('c') },
      { version: 2, key: long('b') },
      { version: 1, key: long('a') },
    ]);
  });

  it.each([
    ['none', ''],
    ['a short one', `2:${long('b')},1:short`],
    ['four', ['4:', '3:', '2:', '1:'].map((n) => n + long('x')).join(',')],
    ['two with one number', `${long('a')},${long('b')}`],
  ])('can not be %s', (_what, text) => {
    expect(() => hashKeysOf(text)).toThrow(/key/);
    expect(() => hashKeysOf(text)).not.toThrow(/aaaa|bbbb|xxxx/);
  });

  it('stand by number in the hash, whose first version is as it ever was', () => {
    const hash = addressHash(long('a'), 'email', ' Dora@Client.example ');
    expect(hash).toMatch(/^v1_[0-9a-f]{64}$/);
    expect(addressHash(long('a'), 'email', 'dora@client.example', 2)).toBe(hash.replace('v1_', 'v2_'));
    expect(addressHash(long('a'), 'sms', 'dora@client.example')).not.toBe(hash);
  });
});
