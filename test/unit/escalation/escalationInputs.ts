import { type EscalationAccount } from '../../../functions/src/domain/escalation/decideEscalation';
import { plansSchema } from '../../../functions/src/domain/gate/plans';
import { policySchema } from '../../../functions/src/domain/gate/policy';
import {
  type EscalationState,
  initialEscalationState,
} from '../../../functions/src/domain/invoice/escalationState';
import { type Invoice } from '../../../functions/src/domain/invoice/invoice';
import { anInvoice } from '../../support/domainArbitraries';

export const POLICY = policySchema.parse({}).escalation;
export const PLANS = plansSchema.parse({});

/** An invoice that was due on 1 March 2026, as it was sent. */
export function chased(fields: Partial<Invoice> = {}): Invoice {
  return anInvoice({
    dueDate: '2026-03-01',
    nextActionAt: new Date('2026-03-02T00:00:00Z'),
    clientEmail: 'debtor@client.example',
    clientPhone: '+447900000001',
    ...fields,
  });
}

export function aState(fields: Partial<EscalationState> = {}): EscalationState {
  return { ...initialEscalationState('user_1'), ...fields };
}

export function anAccount(fields: Partial<EscalationAccount> = {}): EscalationAccount {
  return {
    active: true,
    collectionsEnabled: true,
    optedOut: { sms: false, email: false },
    plan: PLANS.growth,
    ...fields,
  };
}
