import { choiceOf, type DebtorChoice } from '../../../functions/src/domain/consent/debtorChoice';

describe('what a debtor has chosen', () => {
  it.each<[string, string, DebtorChoice | null]>([
    ['granted', 'granted', 'both'],
    ['granted', 'withdrawn', 'email'],
    ['withdrawn', 'granted', 'sms'],
    ['withdrawn', 'withdrawn', 'neither'],
    // Not a choice of his: somebody else has said it, or only of one channel.
    ['unknown', 'unknown', null],
    ['withdrawn', 'unknown', null],
    ['granted', 'unknown', null],
    ['unknown', 'granted', null],
  ])('is, by e-mail %s and text messages %s, %p', (email, sms, choice) => {
    expect(choiceOf({ email, sms }, false)).toBe(choice);
    expect(choiceOf({ email, sms }, true)).toBe('object');
  });
});
