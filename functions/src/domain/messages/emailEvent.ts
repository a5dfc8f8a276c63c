import * as z from 'zod';

/** An event of SendGrid's, as far as we read it. Other fields are left alone. */
export const emailEventSchema = z.object({
  event: z.string(),
  /** Who the e-mail went to. */
  email: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[^\s@]+@[^\s@]+$/),
  sg_message_id: z.string().optional(),
  /** Of a bounce: `bounce` (the address does not work) or `blocked` (this message was not taken). */
  type: z.string().optional(),
  /** Of a drop: why SendGrid did not even try. */
  reason: z.string().optional(),
  /** Our own, sent along with the e-mail. */
  outboxId: z.string().optional(),
});

export type EmailEvent = z.infer<typeof emailEventSchema>;
