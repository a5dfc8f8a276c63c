import { readFunctionsEnvironment } from '../stack/readFunctionsEnvironment';
import { ControlError } from './controlError';

/**
 * A setting that the providers share with the functions, as functions/.secret.local and
 * functions/.env.demo-recoup have it.
 * @throws ControlError (500) when it is not set.
 */
export function setting(name: string): string {
  const value = readFunctionsEnvironment()[name] ?? '';
  if (value === '') throw new ControlError(`${name} is set in neither of the functions' local files.`, 500);
  return value;
}

/** The values of a secret that rotates; the first is the one in use. */
export function settingList(name: string): [string, ...string[]] {
  const [first = '', ...rest] = setting(name)
    .split(',')
    .map((one) => one.trim());
  return [first, ...rest];
}

/**
 * One of a rotating secret's values.
 * @param index 0 is the one in use
 * @throws ControlError (400) when there are not that many.
 */
export function settingAt(name: string, index: number): string {
  const values = settingList(name);
  const value = values[index];
  if (value === undefined) throw new ControlError(`${name} has ${values.length} values; none at ${index}.`);
  return value;
}
