import { type SandboxAnswer } from '../provider';

/** Twilio's sentences and HTTP statuses for the codes that this sandbox answers or reports. */
const KNOWN: Record<number, { status?: number; message: string }> = {
  // Twilio itself only warns of these; here a mistyped parameter must not pass.
  20001: { message: 'Unknown parameters in the request' },
  20003: { status: 401, message: 'Authenticate' },
  20004: { status: 405, message: 'Method not allowed' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'Internal Server Error' },
  20503: { status: 503, message: 'Service Unavailable' },
  21211: { message: "Invalid 'To' Phone Number" },
  21212: { message: "Invalid 'From' Phone Number" },
  21266: { message: "'To' and 'From' number cannot be the same" },
  21602: { message: 'Message body is required' },
  21603: { message: "A 'From' phone number is required" },
  21604: { message: "A 'To' phone number is required" },
  21606: { message: "The 'From' phone number is not a valid message-capable phone number of this account" },
  21609: { message: "The 'StatusCallback' URL is not a valid URL" },
  21610: { message: 'Attempt to send to unsubscribed recipient' },
  21614: { message: "'To' number is not a valid mobile number" },
  21617: { message: 'The concatenated message body exceeds the 1600 character limit' },
  21620: { message: 'Invalid media URL(s)' },
  21624: { message: "Invalid 'ValidityPeriod' value" },
  30001: { message: 'Queue overflow' },
  30003: { message: 'Unreachable destination handset' },
  30004: { message: 'Message blocked' },
  30005: { message: 'Unknown destination handset' },
  30006: { message: 'Landline or unreachable carrier' },
  30007: { message: 'Carrier violation' },
  30008: { message: 'Unknown error' },
};

/** Twilio's words for a code; null for one that this sandbox does not know. */
export function messageFor(code: number): string | null {
  return KNOWN[code]?.message ?? null;
}

/** A refusal as Twilio's API answers it. */
export class TwilioApiError extends Error {
  /** @param detail what exactly is wrong, added to Twilio's sentence */
  constructor(
    readonly code: number,
    detail = '',
    private readonly status = KNOWN[code]?.status ?? 400,
  ) {
    const sentence = KNOWN[code]?.message ?? 'An error occurred inside the sandbox, as was asked for';
    super(detail === '' ? sentence : `${sentence}: ${detail}`);
    this.name = 'TwilioApiError';
  }

  answer(): SandboxAnswer {
    const { code, message, status } = this;
    return {
      status,
      body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
    };
  }
}
