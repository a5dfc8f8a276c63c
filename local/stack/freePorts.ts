import { createServer, type Server } from 'node:net';
import { StartError } from './startError';

const HOST = '127.0.0.1';

/**
 * A port of 127.0.0.1 for each name: free ones that the system chooses, or the block that starts at `base`, in
 * the order of the names.
 * @throws StartError when a port of that block is taken.
 */
export async function freePorts<Name extends string>(
  names: readonly Name[],
  base?: number,
): Promise<Record<Name, number>> {
  const servers: Server[] = [];
  try {
    // All are held until all are known, so that none is handed out twice.
    const ports: [Name, number][] = [];
    for (const [index, name] of names.entries()) {
      const server = await hold(base === undefined ? 0 : base + index, base, names.length);
      servers.push(server);
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('No TCP address.');
      ports.push([name, address.port]);
    }
    return Object.fromEntries(ports) as Record<Name, number>;
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function hold(port: number, base: number | undefined, size: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (base === undefined) reject(error);
      else {
        const block = `RECOUP_PORT_BASE=${base} uses ${base} to ${base + size - 1}`;
        reject(
          new StartError(`Port ${port} is taken (${block}): free it, or change or unset RECOUP_PORT_BASE.`),
        );
      }
    });
    server.listen(port, HOST, () => resolve(server));
  });
}
