import autocannon from 'autocannon';

/** One request that is made once. */
export interface LoadRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the load tool saw of the answers. Milliseconds. */
export interface Fired {
  readonly sent: number;
  readonly perSecond: number;
  readonly p50: number;
  /** Of 97.5 %: the tool has no 95. */
  readonly p97: number;
  readonly p99: number;
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
 * @throws Error when it did not send each of them
 */
export async function fire(origin: string, requests: readonly LoadRequest[], pace: Pace): Promise<Fired> {
  const { connections, perSecond } = pace;
  let next = 0;
  const result = await autocannon({
    url: origin,
    connections: Math.min(connections, requests.length),
    amount: requests.length,
    timeout: 60,
    ...(perSecond === undefined ? {} : { overallRate: perSecond }),
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          const mine = requests[next % requests.length];
          next += 1;
          return mine === undefined ? request : { ...request, ...mine };
        },
      },
    ],
  });
  if (result.requests.sent < requests.length)
    throw new Error(`${result.requests.sent} of ${requests.length} requests were sent`);
  const { p50, p97_5: p97, p99 } = result.latency;
  return {
    sent: requests.length,
    perSecond: requests.length / result.duration,
    p50,
    p97,
    p99,
    errors: result.non2xx + result.errors + result.timeouts,
  };
}
