import { emailEvent, postAsSendgrid } from '../../support/sendgridPost';
import { putPayment } from '../../support/sandboxStripe';
import {
  newDispute,
  newPayment,
  newRefund,
  says,
  type StripeDispute,
  type StripeEvent,
  type StripePayment,
} from '../../support/stripePayment';
import { callFunction } from '../../support/callFunction';
import { unsignedToken } from '../../support/unsignedToken';
import { inboundFields, postAsTwilio } from '../../support/twilioPost';
import { deliver } from '../../support/webhookHarness';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type ChaseWorld } from './chaseWorld';
import { type Company } from './company';
import { type Deed, type Kind } from './kinds';
import { plusDays } from './londonMoment';

type CallName =
  | 'sendInvoice'
  | 'setClientConsent'
  | 'cancelInvoice'
  | 'pauseEscalation'
  | 'resumeEscalation'
  | 'recordManualPayment'
  | 'claimPayment'
  | 'verifyPaymentClaim'
  | 'openDispute'
  | 'closeDispute';

/** Does what a scenario says, as Stripe, the carriers, the debtor and the freelancer do it. */
export class Doer {
  private readonly payments = new Map<string, StripePayment>();
  private readonly disputes = new Map<string, StripeDispute>();

  constructor(
    private readonly world: ChaseWorld,
    private readonly company: Company,
    private readonly start: string,
  ) {}

  async sendAll(kinds: readonly Kind[]): Promise<void> {
    for (const kind of kinds) {
      if (kind.draft !== true) await this.call('sendInvoice', { invoiceId: this.idOf(kind.name) });
    }
  }

  async perform(kind: Kind, deed: Deed): Promise<void> {
    const invoiceId = this.idOf(kind.name);
    const { served } = this.world;
    switch (deed.do) {
      case 'pay': {
        const payment = newPayment({ invoiceId, freelancerId: this.company.uid }, deed.amount, {
          currency: (kind.currency ?? 'GBP').toLowerCase(),
        });
        this.payments.set(kind.name, payment);
        return this.stripe(says.intentPaid(payment));
      }
      case 'refund': {
        const payment = this.paymentOf(kind);
        await putPayment(this.world.harness.sandbox, payment, [newRefund(payment.amount)]);
        return this.stripe(says.chargeRefunded(payment, payment.amount));
      }
      case 'open card dispute': {
        const payment = this.paymentOf(kind);
        const opened = newDispute(payment.amount);
        this.disputes.set(kind.name, opened);
        return this.stripe(says.dispute(payment, 'created', opened, 'needs_response'));
      }
      case 'win card dispute':
      case 'lose card dispute': {
        const opened = this.disputes.get(kind.name);
        if (opened === undefined) throw new Error(`nothing is disputed on "${kind.name}"`);
        const status = deed.do === 'win card dispute' ? 'won' : 'lost';
        return this.stripe(says.dispute(this.paymentOf(kind), 'closed', opened, status));
      }
      case 'text': {
        const fields = inboundFields(this.partyOf(kind).phone ?? '', deed.word);
        const { status } = await postAsTwilio(served.twilioSmsReply.origin, { path: 'sms-reply', fields });
        requireOk(served.twilioSmsReply, status);
        return;
      }
      case 'withdraw': {
        const { clientId } = this.partyOf(kind);
        return this.call('setClientConsent', { clientId, channel: deed.channel, status: 'withdrawn' });
      }
      case 'bounce': {
        const outboxId = `invoice_${invoiceId}`;
        const sent = this.world.harness.sent().find((one) => one.outboxId === outboxId);
        const fields = emailEvent('bounce', this.partyOf(kind).email, {
          type: 'bounce',
          outboxId,
          sg_message_id: `${sent?.messageId ?? ''}.recvd-1`,
        });
        const { status } = await postAsSendgrid(served.sendgridEvents.origin, [fields]);
        requireOk(served.sendgridEvents, status);
        return;
      }
      case 'pay by hand':
        return this.call('recordManualPayment', {
          invoiceId,
          amount: deed.amount,
          currency: kind.currency ?? 'GBP',
          method: 'bank_transfer',
          paidOn: this.start,
          requestId: `by-hand-${invoiceId}`,
        });
      case 'promise':
        return this.call('pauseEscalation', {
          invoiceId,
          reason: 'promise',
          until: plusDays(this.start, deed.until),
        });
      case 'pause':
        return this.call('pauseEscalation', { invoiceId });
      case 'resume':
        return this.call('resumeEscalation', { invoiceId });
      case 'cancel':
        return this.call('cancelInvoice', { invoiceId });
      case 'claim':
        return this.callAsDebtor(kind, 'claimPayment', {
          invoiceId,
          amount: deed.amount,
          method: 'bank_transfer',
          paidOn: this.start,
        });
      case 'confirm':
        return this.call('verifyPaymentClaim', {
          claimId: `${invoiceId}_1`,
          decision: 'verified',
          amount: deed.amount,
        });
      case 'reject':
        return this.call('verifyPaymentClaim', {
          claimId: `${invoiceId}_1`,
          decision: 'rejected',
          reason: 'not_received',
        });
      case 'dispute':
        return this.callAsDebtor(kind, 'openDispute', { invoiceId, reason: 'Half of it was never done.' });
      case 'close dispute':
        return this.call('closeDispute', { invoiceId });
    }
  }

  private call(name: CallName, data: object): Promise<void> {
    return this.callWith(name, data, unsignedToken(this.world.harness.projectId, this.company.uid));
  }

  private callAsDebtor(kind: Kind, name: CallName, data: object): Promise<void> {
    const claims = { email: this.partyOf(kind).email, email_verified: true };
    return this.callWith(name, data, unsignedToken(this.world.harness.projectId, 'the-debtor', claims));
  }

  private async callWith(name: CallName, data: object, token: string): Promise<void> {
    const served = this.world.served[name];
    const { error, message } = await callFunction(served.origin, data, token);
    if (error !== null) throw new Error(`${name} answered ${error}: ${message}\n${served.logTail(10)}`);
  }

  private async stripe(event: StripeEvent): Promise<void> {
    const { stripeWebhook } = this.world.served;
    for (const { status } of await deliver(stripeWebhook.origin, event)) requireOk(stripeWebhook, status);
  }

  private paymentOf({ name }: Kind): StripePayment {
    const payment = this.payments.get(name);
    if (payment === undefined) throw new Error(`nothing was paid on "${name}"`);
    return payment;
  }

  private partyOf({ name, debtorOf = name }: Kind) {
    const party = this.company.debtors.get(debtorOf);
    if (party === undefined) throw new Error(`"${name}" has no debtor`);
    return party;
  }

  private idOf(name: string): string {
    return this.company.invoiceIds.get(name) ?? '';
  }
}

function requireOk(served: ServedFunction, status: number): void {
  if (status !== 200) throw new Error(`it was answered with ${status}\n${served.logTail(10)}`);
}
