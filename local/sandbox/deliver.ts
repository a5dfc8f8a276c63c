/** How an endpoint answered one delivery. Status 0: it could not be reached, `body` says why. */
export interface DeliveryResult {
  status: number;
  body: string;
  /** From the first byte sent to the last one read. */
  milliseconds: number;
}

/** A cold function worker on a busy machine takes its time; a provider would have given up long before. */
const GIVE_UP_AFTER_MS = 120_000;

/** Posts one callback to an endpoint of ours. Never throws: a provider notes a failure and goes on. */
export async function deliver(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<DeliveryResult> {
  const started = performance.now();
  const elapsed = (): number => Math.round(performance.now() - started);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(GIVE_UP_AFTER_MS),
    });
    const text = await response.text();
    return { status: response.status, body: text, milliseconds: elapsed() };
  } catch (error) {
    return { status: 0, body: describe(error), milliseconds: elapsed() };
  }
}

/** fetch hides the reason (ECONNREFUSED …) in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
