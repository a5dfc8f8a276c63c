import autocannon from 'autocannon';

/** One request that is made once. */
export interface LoadRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the load tool saw of the answers. */
export interface Fired {
  /** How long each answer took, in milliseconds, as they came. */
  readonly times: readonly number[];
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** Answers other than 2xx, time-outs and broken connections. */
  readonly errors: number;
}

/** How fast. */
export interface Pace {
  readonly connections: number;
  /** Requests in a second over all connections; without it, each connection sends as soon as it has its answer. */
  readonly perSecond?: number;
}

/**
 * Posts each request once, in their order, by the load tool.
 *
 * What it sums up itself is not used: its time is in whole seconds, and with a pace it adds answers that never were, one
 * for each millisecond that an answer took.
 *
 * @throws Error when it did not send each of them
 */
export async function fire(origin: string, requests: readonly LoadRequest[], pace: Pace): Promise<Fired> {
  const { connections, perSecond } = pace;
  const times: number[] = [];
  const began = performance.now();
  let ended = began;
  let next = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const options = {
      url: origin,
      connections: Math.min(connections, requests.length),
      amount: requests.length,
      timeout: 60,
      ...(perSecond === undefined ? {} : { overallRate: perSecond }),
      requests: [
        {
          method: 'POST' as const,
          setupRequest: (request: autocannon.Request) => {
            const mine = requests[next % requests.length];
            next += 1;
            return mine === undefined ? request : { ...request, ...mine };
          },
        },
      ],
    };
    autocannon(options, (error: Error | null, all) => {
      if (error === null) resolve(all);
      else reject(error);
    }).on('response', (_client, _status, _bytes, time) => {
      times.push(time);
      ended = performance.now();
    });
  });
  if (result.requests.sent < requests.length)
    throw new Error(`${result.requests.sent} of ${requests.length} requests were sent`);
  return {
    times,
    seconds: (ended - began) / 1_000,
    errors: result.non2xx + result.errors + result.timeouts,
  };
}
