import fc from 'fast-check';
import { smsSegments } from '../../../functions/src/domain/messages/smsSegments';

/** GSM 03.38 as its table is printed, column by column; `·` stands for the escape. */
const TABLE = [
  '@£$¥èéùìòÇ\nØø\rÅå',
  'Δ_ΦΓΛΩΠΨΣΘΞ·ÆæßÉ',
  ' !"#¤%&\'()*+,-./',
  '0123456789:;<=>?',
  '¡ABCDEFGHIJKLMNO',
  'PQRSTUVWXYZÄÖÑÜ§',
  '¿abcdefghijklmno',
  'pqrstuvwxyzäöñüà',
].join('');
const EXTENDED = '\f^{}\\[~]|€';

/** Straight from the definition: the least number of parts into which the text can be cut. */
function leastParts(text: string): { segments: number; encoding: string } {
  const characters = Array.from(text);
  const isGsm = characters.every((each) => (TABLE.includes(each) && each !== '·') || EXTENDED.includes(each));
  const [single, part] = isGsm ? [160, 153] : [70, 67];
  const size = (each: string): number => (isGsm ? (EXTENDED.includes(each) ? 2 : 1) : each.length);
  const sizes = characters.map(size);
  const total = sizes.reduce((sum, each) => sum + each, 0);
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  if (total <= single) return { segments: 1, encoding };
  const least = [0];
  for (let end = 1; end <= characters.length; end += 1) {
    let best = Infinity;
    let units = 0;
    for (let start = end - 1; start >= 0; start -= 1) {
      units += sizes[start] ?? 0;
      if (units > part) break;
      best = Math.min(best, (least[start] ?? Infinity) + 1);
    }
    least.push(best);
  }
  return { segments: least.at(-1) ?? 0, encoding };
}

describe('smsSegments', () => {
  it('knows the table', () => {
    expect(TABLE).toHaveLength(128);
    for (const character of TABLE.replace('·', '')) {
      expect([character, smsSegments(character)]).toEqual([
        character,
        { segments: 1, encoding: 'GSM-7', units: 1 },
      ]);
    }
    for (const character of EXTENDED) {
      expect([character, smsSegments(character)]).toEqual([
        character,
        { segments: 1, encoding: 'GSM-7', units: 2 },
      ]);
    }
  });

  it.each([
    ['nothing', '', 'GSM-7', 0, 1],
    ['one letter', 'a', 'GSM-7', 1, 1],
    ['160 letters', 'a'.repeat(160), 'GSM-7', 160, 1],
    ['161 letters', 'a'.repeat(161), 'GSM-7', 161, 2],
    ['306 letters', 'a'.repeat(306), 'GSM-7', 306, 2],
    ['307 letters', 'a'.repeat(307), 'GSM-7', 307, 3],
    ['80 euro signs', '€'.repeat(80), 'GSM-7', 160, 1],
    ['a euro sign too many', `${'€'.repeat(80)}a`, 'GSM-7', 161, 2],
    ['an escape that would be torn apart', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3],
    ['an escape that just fits', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 'GSM-7', 306, 2],
    ['a backtick', '`', 'UCS-2', 1, 1],
    ['a small c with a cedilla', 'ç', 'UCS-2', 1, 1],
    ['a capital c with a cedilla', 'Ç', 'GSM-7', 1, 1],
    ['70 characters', '中'.repeat(70), 'UCS-2', 70, 1],
    ['71 characters', '中'.repeat(71), 'UCS-2', 71, 2],
    ['134 characters', '中'.repeat(134), 'UCS-2', 134, 2],
    ['135 characters', '中'.repeat(135), 'UCS-2', 135, 3],
    ['35 emoji', '😀'.repeat(35), 'UCS-2', 70, 1],
    ['36 emoji', '😀'.repeat(36), 'UCS-2', 72, 2],
    ['67 emoji, 33 to a part', '😀'.repeat(67), 'UCS-2', 134, 3],
    ['a pair that would be torn apart', `${'中'.repeat(66)}😀${'中'.repeat(66)}`, 'UCS-2', 134, 3],
    ['a euro sign in UCS-2', '中€', 'UCS-2', 2, 1],
    ['half a pair', '\uD83D', 'UCS-2', 1, 1],
  ] as const)('counts %s', (_, text, encoding, units, segments) => {
    expect(smsSegments(text)).toEqual({ encoding, units, segments });
  });

  it('is the least number of parts that the text can be cut into', () => {
    const gsm = fc.constantFrom(...Array.from('aaaa£é€[]~\n'));
    const any = fc.oneof({ weight: 8, arbitrary: gsm }, fc.constantFrom(...Array.from('ç中`😀𝔸\uD83D')));
    const runs = (character: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc
        .array(
          fc.tuple(character, fc.integer({ min: 1, max: 90 })).map(([each, times]) => each.repeat(times)),
          { maxLength: 7 },
        )
        .map((parts) => parts.join(''));
    const texts = fc.oneof(runs(gsm), runs(any));
    fc.assert(
      fc.property(texts, (text) => {
        const { segments, encoding } = smsSegments(text);
        expect({ segments, encoding }).toEqual(leastParts(text));
      }),
      { numRuns: 5_000 },
    );
  });
});
