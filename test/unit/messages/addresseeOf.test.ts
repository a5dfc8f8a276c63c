import { addresseeOf } from '../../../functions/src/domain/messages/addresseeOf';

describe('whose address a message goes to', () => {
  it.each([
    ['dunning', 'debtor'],
    ['courtesy', 'debtor'],
    ['debtor_service', 'debtor'],
    ['freelancer_notice', 'freelancer'],
    ['marketing', 'freelancer'],
  ] as const)('is, for %s, the %s’s', (messageClass, whose) => {
    expect(addresseeOf(messageClass)).toBe(whose);
  });
});
