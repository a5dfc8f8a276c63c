import * as z from 'zod';

/** `sms_opt_outs/{E.164}`: whether a number may be texted, whoever asks. Never deleted. */
export const optOutSchema = z.object({
  phoneNumber: z.string(),
  status: z.enum(['opted_out', 'opted_in']),
  /** The first STOP since the last START: the day that people are told. */
  optedOutAt: z.date().nullish(),
  /** The latest STOP: a START that was said before it is not the last word. */
  lastOptOutAt: z.date().nullish(),
  optedInAt: z.date().nullish(),
});

export type OptOut = z.infer<typeof optOutSchema>;
