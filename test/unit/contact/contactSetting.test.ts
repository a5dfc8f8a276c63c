import { contactSettingAt, contactSettingSchema } from '../../../functions/src/domain/contact/contactSetting';

const NOW = new Date('2026-12-01T09:00:00Z');
const at = (stored: object) => contactSettingAt(contactSettingSchema.parse(stored), NOW);

describe('in which form contact data is kept', () => {
  it('is the clear one until somebody asks for sealing', () => {
    expect(at({})).toMatchObject({ writes: 'clear', looksForClear: true, looksForSealed: false });
  });

  it('is looked for in both before the first sealed one is written, until that is confirmed', () => {
    const both = { looksForClear: true, looksForSealed: true, reversible: true };
    expect(at({ sealed: true, from: new Date('2026-12-01T09:00:01Z') })).toEqual({
      ...both,
      writes: 'clear',
    });
    expect(at({ sealed: true, from: NOW })).toEqual({ ...both, writes: 'sealed' });
    expect(at({ sealed: true })).toEqual({ ...both, writes: 'sealed' });
    expect(at({ sealed: false, reverting: true })).toEqual({ ...both, writes: 'clear' });
    expect(at({ sealed: true, confirmed: true })).toMatchObject({
      writes: 'sealed',
      looksForClear: false,
      reversible: false,
    });
  });
});
