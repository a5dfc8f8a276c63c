import { isBankHoliday } from './bankHolidays';
import { type ContactRules, nextContact } from './contactHours';
import { type GateInput } from './gateInput';
import { nextByFrequency } from './nextByFrequency';

/** A text message is given to Twilio within this time of its claim: the send's own limit. */
const SEND_LIMIT_S = 10;

/** The carriers need some seconds; what has fewer left before closing is better sent the next morning. */
const SHORTEST_VALIDITY_S = 20;

/** Each round moves on by a day or more: past a week the answer does not matter. */
const MOST_ROUNDS = 20;

/**
 * The first moment, from now on, at which both the frequency caps and the contact hours let a message go; null when
 * there is none within weeks. `validitySeconds`: how long from then on the carriers may hold a text message, so that
 * none of them delivers it after hours.
 */
export function nextMoment(
  input: GateInput,
  steps: { readonly frequency: boolean; readonly hours: boolean },
): { readonly at: Date; readonly validitySeconds: number } | null {
  const { policy, recipient } = input;
  const longest = policy.smsValiditySeconds;
  const rules = contactRules(input);
  let at = input.now;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = at;
    if (steps.frequency) at = nextByFrequency(at, recipient.sends, recipient.zone, policy.frequency);
    if (!steps.hours) return { at, validitySeconds: longest };
    const contact = nextContact(at, rules);
    if (contact === null) return null;
    at = contact.at;
    if (at.getTime() === before.getTime()) {
      const left = Math.floor((contact.closes.getTime() - at.getTime()) / 1000) - SEND_LIMIT_S;
      return { at, validitySeconds: Math.min(longest, left) };
    }
  }
  return null;
}

function contactRules({ message, policy, recipient }: GateInput): ContactRules {
  const extra = new Set(policy.extraHolidays);
  return {
    zone: recipient.zone,
    ...policy.contactHours[message.channel],
    isHoliday: (day) => extra.has(day) || isBankHoliday(day, recipient.nation),
    reserveMs: message.channel === 'sms' ? (SEND_LIMIT_S + SHORTEST_VALIDITY_S) * 1000 : 0,
  };
}
