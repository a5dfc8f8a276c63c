import { connect, createServer, type Socket } from 'node:net';

export interface PausableProxy {
  /** host:port */
  readonly address: string;
  /** From now on nothing passes, and nobody is told: as when a network swallows packets. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** A way to the emulator that can be blocked. */
export async function pausableProxy(target: string): Promise<PausableProxy> {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  let paused = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    if (paused) socket.pause();
  };
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    for (const socket of [near, far]) keep(socket);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => near.write(bytes));
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
    // Listening for data sets a socket flowing again.
    if (paused) for (const socket of [near, far]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no TCP address');
  return {
    address: `127.0.0.1:${address.port}`,
    pause: () => {
      paused = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      paused = false;
      for (const socket of sockets) socket.resume();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
