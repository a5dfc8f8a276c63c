import { readFunctionsEnvironment } from '../../local/stack/readFunctionsEnvironment';

/** A local setting of the functions; the sandbox shares it with them. */
export function localSetting(name: string): string {
  const value = readFunctionsEnvironment()[name] ?? '';
  if (value === '') throw new Error(`${name} is not set in the functions' local files.`);
  return value;
}

/** One value of a secret that rotates; 0 is the one in use. */
export function localSecret(name: string, index = 0): string {
  const value = localSetting(name).split(',')[index];
  if (value === undefined) throw new Error(`${name} has no value ${index}.`);
  return value;
}
