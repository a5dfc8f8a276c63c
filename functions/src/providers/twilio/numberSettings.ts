import { type Twilio } from 'twilio';

/** What Twilio does with what comes to a number of ours. */
export interface NumberSettings {
  readonly smsUrl: string;
  readonly smsMethod: string;
  /** Where one is set, the URL counts for nothing. */
  readonly smsApplicationSid: string;
}

/** Of this number, E.164; null when the account has no such number. @throws whatever the client throws */
export async function numberSettings(twilio: Twilio, phoneNumber: string): Promise<NumberSettings | null> {
  const [number] = await twilio.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
  if (number === undefined) return null;
  const { smsUrl, smsMethod, smsApplicationSid } = number;
  return { smsUrl, smsMethod, smsApplicationSid };
}
