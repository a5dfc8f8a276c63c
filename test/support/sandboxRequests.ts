import { z } from 'zod';

const requestSchema = z.object({
  method: z.string(),
  path: z.string(),
  account: z.string().nullish(),
  idempotencyKey: z.string().nullish(),
  body: z.looseObject({}).catch({}),
  /** ISO instant. */
  at: z.string(),
});

export type SandboxRequest = z.infer<typeof requestSchema>;

/** What a provider of the sandbox has accepted so far, oldest first. */
export async function sandboxRequests(
  sandboxOrigin: string,
  provider: 'stripe' | 'twilio' | 'sendgrid' = 'stripe',
): Promise<SandboxRequest[]> {
  const response = await fetch(`${sandboxOrigin}/_sandbox/requests?provider=${provider}`);
  const answer: unknown = await response.json();
  return z
    .array(requestSchema)
    .parse(Array.isArray(answer) ? answer : z.object({ requests: z.unknown() }).parse(answer).requests);
}
