import fc from 'fast-check';
import { isDocumentId } from '../../../functions/src/domain/documentId';

describe('isDocumentId', () => {
  it.each(['evt_1', 'a', 'A.b-c_9', '...', '_', '__x', 'x__', 'x'.repeat(255)])('takes %j', (id) => {
    expect(isDocumentId(id)).toBe(true);
  });

  it.each([
    '',
    '.',
    '..',
    '__x__',
    '__proto__',
    '____',
    '../x',
    'a/b',
    'a b',
    'a\u0000b',
    'é',
    '💸',
    'a\n',
    'x'.repeat(256),
    '{"$gt":""}',
  ])('refuses %j', (id) => {
    expect(isDocumentId(id)).toBe(false);
  });

  it.each([undefined, null, 7, {}, ['evt_1'], new String('evt_1')])('refuses %p, which is no text', (id) => {
    expect(isDocumentId(id)).toBe(false);
  });

  it('takes only what is safe as one segment of a path', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webPath()), (text) => {
        if (!isDocumentId(text)) return;
        expect(text).toMatch(/^[A-Za-z0-9_.-]{1,255}$/);
        expect(new URL(`http://x/a/${text}/b`).pathname).toBe(`/a/${text}/b`);
      }),
    );
  });
});
