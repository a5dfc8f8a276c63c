import { type Random, systemRandom } from '../../../functions/src/platform/random';
import { CommitUnanswered, commitError } from '../../../functions/src/store/commitUnanswered';
import { isConflict } from '../../../functions/src/store/isConflict';
import { retryConflicts } from '../../../functions/src/store/retryConflicts';

/** No pauses. */
const atOnce: Random = { ...systemRandom, fraction: () => 0 };
const withCode = (code: number, message = 'refused'): Error => Object.assign(new Error(message), { code });

/** How often work that always fails so is tried, and with what it ends. */
async function triesOf(error: Error): Promise<{ tries: number; end: unknown }> {
  let tries = 0;
  const end: unknown = await retryConflicts(atOnce, () => {
    tries += 1;
    return Promise.reject(error);
  }).catch((thrown: unknown) => thrown);
  return { tries, end };
}

describe('what a refused commit means', () => {
  it.each([5, 6, 9, 10])('is that somebody else wrote first, by code %i', (code) => {
    expect(isConflict(withCode(code))).toBe(true);
  });

  it.each([
    ['another code', withCode(7)],
    ['a false argument that is no transaction’s', withCode(3)],
    ['a false argument that is no error', { code: 3 }],
    ['no code', new Error('of ours')],
    ['no object', 'text'],
    ['nothing', null],
  ])('is not that, by %s', (_, thrown) => {
    expect(isConflict(thrown)).toBe(false);
    expect(commitError(thrown)).toBe(thrown);
  });

  it('is that the commit was made, when its transaction is over', () => {
    expect(isConflict(withCode(3, 'The referenced transaction has expired or is no longer valid.'))).toBe(
      true,
    );
  });

  it.each([1, 2, 4, 13, 14])('is not known, by code %i', (code) => {
    expect(commitError(withCode(code))).toBeInstanceOf(CommitUnanswered);
  });
});

describe('work whose commit is refused', () => {
  it('is given up after sixty others wrote first, to be retried later', async () => {
    const { tries, end } = await triesOf(withCode(10));
    expect(tries).toBe(61);
    expect(end).toMatchObject({ code: 'contention', retryable: true });
  });

  it('is tried twice more when nobody answers', async () => {
    const error = new CommitUnanswered(withCode(14));
    expect(await triesOf(error)).toEqual({ tries: 3, end: error });
  });

  it('is not tried again for any other reason', async () => {
    const error = new Error('a bug of ours');
    expect(await triesOf(error)).toEqual({ tries: 1, end: error });
  });
});
