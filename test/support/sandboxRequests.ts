import { z } from 'zod';

const requestSchema = z.object({
  method: z.string(),
  path: z.string(),
  account: z.string().nullish(),
  idempotencyKey: z.string().nullish(),
  body: z.unknown(),
});

export type SandboxRequest = z.infer<typeof requestSchema>;

/** What the sandbox's Stripe has accepted so far, oldest first. */
export async function sandboxRequests(sandboxOrigin: string): Promise<SandboxRequest[]> {
  const response = await fetch(`${sandboxOrigin}/_sandbox/requests?provider=stripe`);
  const answer: unknown = await response.json();
  return z
    .array(requestSchema)
    .parse(Array.isArray(answer) ? answer : z.object({ requests: z.unknown() }).parse(answer).requests);
}
