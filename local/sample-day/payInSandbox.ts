import { z } from 'zod';
import { controlSandbox } from './controlSandbox';

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
  const answer = await controlSandbox(sandboxOrigin, 'POST', `stripe/checkout/${sessionId}/pay`, {
    deliveries,
  });
  return paid.parse(answer);
}
