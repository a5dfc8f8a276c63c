import { freePorts } from '../../local/stack/freePorts';

/** An address of this machine at which nothing listens. */
export async function closedPort(): Promise<string> {
  const { nobody } = await freePorts(['nobody']);
  return `127.0.0.1:${nobody}`;
}
