import { z } from 'zod';
import { hostingTargets } from '../hostingTargets';
import { setting } from '../settings';

/** What Twilio is told to do with what comes to our number. */
export const ourNumber = z.strictObject({
  /** Null: the account has no such number. */
  phoneNumber: z.string().nullable(),
  smsUrl: z.string(),
  smsMethod: z.enum(['GET', 'POST']),
  /** Where one is set, `smsUrl` counts for nothing. */
  smsApplicationSid: z.string(),
});

export type OurNumber = z.infer<typeof ourNumber>;

/** The number as somebody has set it up: TWILIO_FROM, with the deployed function's address. */
export function stockNumber(): OurNumber {
  return {
    phoneNumber: setting('TWILIO_FROM'),
    smsUrl: hostingTargets(setting('PUBLIC_BASE_URL')).twilioReply ?? '',
    smsMethod: 'POST',
    smsApplicationSid: '',
  };
}
