import { StartError } from './startError';

/**
 * Where the block of ports starts, from RECOUP_PORT_BASE; undefined: the system chooses free ones.
 * @param size how many ports the block holds
 * @throws StartError when the variable is no usable port.
 */
export function portBase(size: number): number | undefined {
  const text = process.env['RECOUP_PORT_BASE'] ?? '';
  if (text === '') return undefined;
  const base = Number(text);
  if (Number.isInteger(base) && base >= 1024 && base + size <= 65_536) return base;
  throw new StartError(`RECOUP_PORT_BASE must be a port between 1024 and ${65_536 - size}, not "${text}".`);
}
