import { type Refusal, type RefusalReason } from './gateDecision';
import { type GateInput } from './gateInput';

/** Step 2: may this freelancer's debtors be chased, on this channel? */
export function refuseForAccount(input: GateInput): Refusal | null {
  const inactive = refuseForActiveAccount(input);
  const { freelancer, invoice, message } = input;
  if (inactive !== null || freelancer === null) return inactive;
  if (!freelancer.collectionsEnabled || invoice?.collectionsEnabled === false)
    return suppressed('collections_disabled', 'Reminders are switched off.');
  if (freelancer.optedOut[message.channel]) {
    return message.channel === 'sms'
      ? suppressed('sms_disabled', 'SMS sending is disabled for your account.')
      : suppressed('email_disabled', 'E-mail sending is disabled for your account.');
  }
  if (!freelancer.plan.channels.includes(message.channel)) {
    return suppressed(
      'not_in_plan',
      message.channel === 'sms'
        ? 'Your plan does not include SMS reminders.'
        : 'Your plan does not include e-mail reminders.',
    );
  }
  return null;
}

/** Step 2, as far as it goes for messages that are no reminders. */
export function refuseForActiveAccount({ freelancer }: GateInput): Refusal | null {
  return freelancer?.active === true
    ? null
    : suppressed('account_inactive', 'This account sends no messages any more.');
}

/** What is not needed for the service goes only to those who want it, and have an account. */
export function refuseForMarketing(input: GateInput): Refusal | null {
  const inactive = refuseForActiveAccount(input);
  if (inactive !== null) return inactive;
  return input.freelancer?.marketingConsent === true
    ? null
    : suppressed('no_marketing_consent', 'No consent to such messages.');
}

function suppressed(reason: RefusalReason, text: string): Refusal {
  return { kind: 'refuse', status: 'suppressed', reason, text };
}
