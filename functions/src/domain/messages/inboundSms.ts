/** A text message that somebody sent to our number. */
export interface InboundSms {
  readonly messageSid: string;
  /** E.164. */
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** What Twilio itself made of it, where it answers such words by itself. */
  readonly optOutType: 'STOP' | 'START' | 'HELP' | null;
}
