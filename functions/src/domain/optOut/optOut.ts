import { z } from 'zod';

/** `sms_opt_outs/{E.164}`: whether a number may be texted, whoever asks. Never deleted. */
export const optOutSchema = z.object({
  phoneNumber: z.string(),
  status: z.enum(['opted_out', 'opted_in']),
  optedOutAt: z.date().nullish(),
  optedInAt: z.date().nullish(),
});

export type OptOut = z.infer<typeof optOutSchema>;
