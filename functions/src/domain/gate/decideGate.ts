import { type MessageClass } from '../messages/messageTemplates';
import { STALE_AFTER_MS } from '../messages/sendPolicy';
import { type GateDecision, type Refusal } from './gateDecision';
import { type GateInput } from './gateInput';
import { nextMoment } from './nextMoment';
import { refuseForAccount, refuseForActiveAccount, refuseForMarketing } from './refuseForAccount';
import { refuseForQuota } from './refuseForQuota';
import { refuseForAddress, refuseForRecipient } from './refuseForRecipient';
import { refuseUnlessCourtesyWanted, refuseUnlessReminderWanted } from './refuseUnlessWanted';

type Check = (input: GateInput) => Refusal | null;

/** The steps of the gate for a class of message, in the order of the business rules. */
interface Steps {
  /** 1 to 3, or those of them that apply. */
  readonly before: readonly Check[];
  /** 4: how often. */
  readonly frequency: boolean;
  /** 5: when. */
  readonly hours: 'always' | 'sms' | 'never';
  /** 6: how many. */
  readonly quota: boolean;
}

const STEPS: Record<MessageClass, Steps> = {
  dunning: {
    before: [refuseUnlessReminderWanted, refuseForAccount, refuseForRecipient],
    frequency: true,
    hours: 'always',
    quota: true,
  },
  courtesy: {
    before: [refuseUnlessCourtesyWanted, refuseForAccount, refuseForRecipient],
    frequency: true,
    hours: 'always',
    quota: false,
  },
  debtor_service: {
    before: [refuseForActiveAccount, refuseForRecipient],
    frequency: false,
    hours: 'sms',
    quota: false,
  },
  freelancer_notice: { before: [refuseForAddress], frequency: false, hours: 'never', quota: false },
  marketing: {
    before: [refuseForMarketing, refuseForRecipient],
    frequency: true,
    hours: 'never',
    quota: false,
  },
};

/**
 * The send gate: may this message go out at this moment? Asked inside the commit that claims it, so that no "no" can
 * slip in between. Whatever is not now, but may be later, waits; a week at the most.
 */
export function decideGate(input: GateInput): GateDecision {
  const steps = STEPS[input.message.class];
  for (const check of steps.before) {
    const refusal = check(input);
    if (refusal !== null) return refusal;
  }
  const moment = nextMoment(input, {
    frequency: steps.frequency,
    hours: steps.hours === 'always' || (steps.hours === 'sms' && input.message.channel === 'sms'),
  });
  if (moment === null || moment.at.getTime() - input.message.createdAt.getTime() > STALE_AFTER_MS) {
    return {
      kind: 'refuse',
      status: 'cancelled',
      reason: 'stale',
      text: 'There was no permitted time for this message within a week.',
    };
  }
  if (moment.at > input.now) return { kind: 'defer', notBefore: moment.at };
  const refusal = steps.quota ? refuseForQuota(input) : null;
  return (
    refusal ?? {
      kind: 'pass',
      countsSend: steps.frequency,
      countsQuota: steps.quota,
      quotaLimit: input.freelancer?.plan.chasedInvoices ?? null,
      validitySeconds: moment.validitySeconds,
    }
  );
}
