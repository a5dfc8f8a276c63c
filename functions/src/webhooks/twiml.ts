/** What Twilio is told to send back, by what became of a message. Other outcomes are answered with nothing. */
const ANSWERS: Readonly<Record<string, string>> = {
  opted_out: "You've been unsubscribed from invoice reminders. Reply START to opt back in.",
  opted_in: "You've been re-subscribed to invoice reminders. Reply STOP to opt out.",
  help: 'Recoup sends reminders about unpaid invoices. A business that invoiced you uses Recoup. Please contact that business about the invoice. Reply STOP to opt out.',
};

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

/** TwiML that sends nothing. */
export const EMPTY_TWIML = `${HEAD}<Response/>`;

/** The TwiML for an outcome of `applyInboundSms`. The texts are ours and hold nothing that XML would need escaped. */
export function twimlFor(outcome: string): string {
  const text = ANSWERS[outcome];
  return text === undefined ? EMPTY_TWIML : `${HEAD}<Response><Message>${text}</Message></Response>`;
}
