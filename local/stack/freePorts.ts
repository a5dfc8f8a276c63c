import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { StartError } from './startError';

const HOST = '127.0.0.1';

/**
 * Below the range from which systems give ports to outgoing connections: one of those could take a port between
 * its choice here and its use (it has been seen to).
 */
const FIRST = 12_000;
const LAST = 32_000;
const TRIES = 100;

/**
 * A free port of 127.0.0.1 for each name: drawn, or the block that starts at `base`, in the order of the names.
 * @throws StartError when a port of that block is taken.
 */
export async function freePorts<Name extends string>(
  names: readonly Name[],
  base?: number,
): Promise<Record<Name, number>> {
  const held: Server[] = [];
  try {
    // All are held until all are known, so that none is handed out twice.
    const ports: [Name, number][] = [];
    for (const [index, name] of names.entries()) {
      const { server, port } =
        base === undefined ? await holdAny() : await holdOfBlock(base + index, base, names.length);
      held.push(server);
      ports.push([name, port]);
    }
    return Object.fromEntries(ports) as Record<Name, number>;
  } finally {
    await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

interface Held {
  server: Server;
  port: number;
}

async function holdAny(): Promise<Held> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = randomInt(FIRST, LAST);
    const server = await hold(port);
    if (server !== undefined) return { server, port };
  }
  throw new StartError(`No free port was found between ${FIRST} and ${LAST}.`);
}

async function holdOfBlock(port: number, base: number, size: number): Promise<Held> {
  const server = await hold(port);
  if (server !== undefined) return { server, port };
  const block = `RECOUP_PORT_BASE=${base} uses ${base} to ${base + size - 1}`;
  throw new StartError(`Port ${port} is taken (${block}): free it, or change or unset RECOUP_PORT_BASE.`);
}

/** Undefined when the port cannot be listened on. */
function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, HOST, () => resolve(server));
  });
}
