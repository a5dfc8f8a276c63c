import * as z from 'zod';

/** `recipients/{channel_hash}`: what is known of one address, whoever writes to it. */
export const recipientSchema = z.object({
  /** When which outbox item was sent to it lately; what counts against the frequency caps. */
  sends: z.record(z.string(), z.date()).default({}),
  /** The provider said that it can not take such messages at all. */
  unreachable: z.object({ code: z.string(), since: z.date() }).nullish(),
});

export type Recipient = z.infer<typeof recipientSchema>;
