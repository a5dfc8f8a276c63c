import { type DocumentReference } from 'firebase-admin/firestore';
import { decideGate } from '../../domain/gate/decideGate';
import { type GateDecision } from '../../domain/gate/gateDecision';
import { type EscalationState, escalationStateSchema } from '../../domain/invoice/escalationState';
import { type Invoice, invoiceSchema } from '../../domain/invoice/invoice';
import { londonMonth } from '../../domain/londonDay';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { countMessage } from './countMessage';
import { type GateMessage, type GateRefs } from './gateRefs';
import { gateFreelancerOf } from './gateFreelancerOf';
import { gateRecipientOf } from './gateRecipientOf';
import { gateUsageOf } from './gateUsageOf';
import { contactSetting } from '../contact/contactSetting';
import { optOutRefs } from '../contact/optOutRefs';
import { operatorSettings } from './operatorSettings';
import { suppressionRefs } from './suppressionRefs';

/**
 * The send gate on Firestore. `prepare` reads what the message's commit writes (counters, the chase); `decide` belongs
 * inside `UnitOfWork.commitWitnessing(gate.witnesses, …)`, which holds every document that can hold a "no".
 */
export class GateCheck {
  private constructor(
    private readonly deps: Pick<Deps, 'db' | 'config'>,
    private readonly unit: UnitOfWork,
    private readonly message: GateMessage,
    private readonly refs: GateRefs,
    private readonly now: Date,
  ) {}

  static async prepare(deps: Deps, unit: UnitOfWork, message: GateMessage, now: Date): Promise<GateCheck> {
    const { db } = deps;
    const { invoiceId, freelancerId, channel, address, hashes } = message;
    const invoiceRef = invoiceId === null ? null : collections.invoice(db, invoiceId);
    const [hash, ...earlier] = hashes;
    const setting = await contactSetting(deps);
    const month = londonMonth(now);
    const counted = message.class === 'dunning' && invoiceId !== null && freelancerId !== null;
    const written = {
      recipient: collections.recipient(db, channel, hash),
      chase: invoiceId === null ? null : collections.escalationState(db, invoiceId),
      usage: counted ? collections.usage(db, freelancerId, month) : null,
      marker: counted ? collections.usageMarker(db, freelancerId, month, invoiceId) : null,
    };
    const wanted = [invoiceRef, ...Object.values(written)].filter((ref) => ref !== null);
    await unit.read(...wanted);
    // Which client an invoice is for does not change once it is sent; all else about it is read again under the lock.
    const invoice = invoiceRef === null ? null : decode(invoiceSchema, unit.snapshot(invoiceRef));
    return new GateCheck(
      deps,
      unit,
      message,
      {
        ...written,
        earlierRecipients: earlier.map((one) => collections.recipient(db, channel, one)),
        invoice: invoiceRef,
        user: freelancerId === null ? null : collections.user(db, freelancerId),
        client: invoice?.clientId == null ? null : collections.client(db, invoice.clientId),
        optOuts: channel === 'sms' ? optOutRefs(deps, setting, address) : [],
        suppressions: await suppressionRefs(deps, message, invoice),
        policy: collections.systemConfig(db, 'policy'),
        plans: collections.systemConfig(db, 'plans'),
      },
      now,
    );
  }

  /** Documents that the decision depends on and that are not written with it. */
  get witnesses(): readonly DocumentReference[] {
    const { invoice, user, client, optOuts, suppressions, earlierRecipients, policy, plans } = this.refs;
    const chase = this.writesChase ? null : this.refs.chase;
    const recipient = this.writesRecipient ? null : this.refs.recipient;
    const noes = [...optOuts, ...suppressions, ...earlierRecipients];
    return [invoice, user, client, ...noes, policy, plans, chase, recipient].filter((ref) => ref !== null);
  }

  /** Asks the gate; to be called while the witnesses are held. */
  decide(): GateDecision {
    const { unit, refs, now, message } = this;
    const { policy, plans } = operatorSettings(unit.snapshot(refs.policy), unit.snapshot(refs.plans));
    return decideGate({
      now,
      message,
      invoice: this.invoice(),
      chase: this.chase(),
      freelancer: gateFreelancerOf(unit, refs, plans, message.class, now),
      recipient: gateRecipientOf(unit, refs, message, this.invoice()),
      usage: gateUsageOf(unit, refs, now),
      policy,
    });
  }

  /** Adds to the unit what a message that passes counts for. */
  count(decision: GateDecision & { kind: 'pass' }): { readonly quotaMonth: string | null } {
    return countMessage(this.deps, this.unit, this.refs, this.message, decision, this.now);
  }

  /** Takes the message off the list of those that the chase waits for; that also guards the chase. */
  guardChase(): void {
    const chase = this.chase();
    if (!this.writesChase || this.refs.chase === null || chase === null) return;
    const pendingOutbox = chase.pendingOutbox.filter((id) => id !== this.message.id);
    this.unit.update(this.refs.chase, { pendingOutbox, updatedAt: this.now });
  }

  /** Where there is a chase, a reminder's commit writes it: whoever pauses or closes it meanwhile is then noticed. */
  private get writesChase(): boolean {
    const { chase } = this.refs;
    return this.message.class === 'dunning' && chase !== null && this.unit.snapshot(chase).exists;
  }

  /** What counts against the frequency caps is written to the recipient, in the same commit. */
  private get writesRecipient(): boolean {
    return this.message.class !== 'debtor_service' && this.message.class !== 'freelancer_notice';
  }

  private invoice(): Invoice | null {
    return this.refs.invoice === null ? null : decode(invoiceSchema, this.unit.snapshot(this.refs.invoice));
  }

  private chase(): EscalationState | null {
    return this.refs.chase === null
      ? null
      : decode(escalationStateSchema, this.unit.snapshot(this.refs.chase));
  }
}
