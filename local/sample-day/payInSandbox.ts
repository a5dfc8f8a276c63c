import { z } from 'zod';

const paid = z.object({
  paymentIntent: z.object({ id: z.string() }),
  events: z.array(z.object({ id: z.string(), type: z.string() })),
  deliveries: z.array(
    z.object({ eventId: z.string(), type: z.string(), status: z.number(), body: z.string() }),
  ),
});

export type Payment = z.infer<typeof paid>;

/**
 * Lets the debtor pay a Checkout Session; Stripe's events are delivered `deliveries` times each, all at once.
 * @throws Error with the sandbox's own sentence.
 */
export async function payInSandbox(
  sandboxOrigin: string,
  sessionId: string,
  deliveries: number,
): Promise<Payment> {
  const response = await fetch(`${sandboxOrigin}/_sandbox/stripe/checkout/${sessionId}/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deliveries }),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status}: ${await response.text()}`);
  return paid.parse(await response.json());
}
