import fc from 'fast-check';
import { formatMoney } from '../../../functions/src/domain/money/formatMoney';
import { platformFee } from '../../../functions/src/domain/money/platformFee';

describe('platformFee', () => {
  const amounts = fc.integer({ min: 0, max: 99_999_999 });
  const points = fc.integer({ min: 0, max: 10_000 });

  it.each([
    { amount: 10_000, points: 0, fee: 0 },
    { amount: 10_000, points: 100, fee: 100 },
    { amount: 50, points: 100, fee: 1 },
    { amount: 49, points: 100, fee: 0 },
    { amount: 150, points: 100, fee: 2 },
    { amount: 250, points: 100, fee: 3 },
    { amount: 1, points: 5_000, fee: 1 },
    { amount: 1, points: 4_999, fee: 0 },
    { amount: 99_999_999, points: 10_000, fee: 99_999_999 },
  ])('takes $fee of $amount at $points basis points', ({ amount, points: rate, fee }) => {
    expect(platformFee(amount, rate)).toBe(fee);
  });

  it('is the exact product, half a penny rounded up', () => {
    fc.assert(
      fc.property(amounts, points, (amount, rate) => {
        // fee - 0.5 <= exact < fee + 0.5, in whole numbers.
        const exact = BigInt(amount) * BigInt(rate);
        const fee = BigInt(platformFee(amount, rate)) * 10_000n;
        expect(fee - 5_000n <= exact).toBe(true);
        expect(exact < fee + 5_000n).toBe(true);
      }),
    );
  });

  it('never takes more than there is, and never less of more', () => {
    fc.assert(
      fc.property(amounts, amounts, points, (a, b, rate) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(platformFee(less, rate)).toBeLessThanOrEqual(platformFee(more, rate));
        expect(platformFee(more, rate)).toBeLessThanOrEqual(more);
      }),
    );
  });
});

describe('formatMoney', () => {
  it.each([
    [125_000, 'GBP', '£1,250.00'],
    [5, 'GBP', '£0.05'],
    [0, 'GBP', '£0.00'],
    [99_999_999, 'GBP', '£999,999.99'],
    [1_999, 'EUR', '€19.99'],
    [500, 'JPY', 'JP¥500'],
    [1_500, 'KWD', 'KWD 1.500'],
  ])('writes %i %s as %s', (amount, currency, text) => {
    expect(formatMoney(amount, currency).replace(/\u00a0/g, ' ')).toBe(text);
  });

  it.each(['', 'gbp', 'POUNDS', 'G1P', '__proto__'])('writes the plain number before %j', (currency) => {
    expect(formatMoney(100, currency)).toBe(`100 ${currency}`);
  });

  it('loses no penny', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (amount) => {
        expect(Number(formatMoney(amount, 'GBP').replace(/\D/g, ''))).toBe(amount);
      }),
    );
  });

  it('never throws for what Stripe may call a currency', () => {
    fc.assert(
      fc.property(fc.nat(), fc.stringMatching(/^[A-Z]{3}$/), (amount, currency) => {
        expect(formatMoney(amount, currency)).not.toBe('');
      }),
    );
  });
});
