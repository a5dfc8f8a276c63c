import { type EscalationState } from '../invoice/escalationState';
import { type Invoice } from '../invoice/invoice';
import { type DunningLevel } from '../invoice/dunningLevels';
import { type MessageClass } from '../messages/messageTemplates';
import { type Channel } from '../messages/outboxRow';
import { type Nation } from './nations';
import { type Plan } from './plans';
import { type Policy } from './policy';

/** The freelancer on whose behalf a message goes out, as the gate sees him. */
export interface GateFreelancer {
  readonly active: boolean;
  readonly collectionsEnabled: boolean;
  /** Channels that he has switched off for all his debtors. */
  readonly optedOut: Readonly<Record<Channel, boolean>>;
  readonly marketingConsent: boolean;
  readonly plan: Plan;
}

/** The address that a message goes to. */
export interface GateRecipient {
  /** E.164 or an e-mail address. */
  readonly address: string;
  /** The debtor said no to this channel, to this freelancer. */
  readonly permissionWithdrawn: boolean;
  /** The number said STOP, to anybody; the day of it. */
  readonly optedOutAt: Date | null;
  readonly optedOut: boolean;
  /** The address is suppressed: it bounced, complained or unsubscribed; or its owner objects to any contact. */
  readonly suppressed: boolean;
  /** A number that can be texted at all. */
  readonly usable: boolean;
  readonly zone: string;
  readonly nation: Nation;
  /** Other messages that were sent to it lately. */
  readonly sends: readonly Date[];
}

/** What an invoice's freelancer has used of the month's quota. */
export interface GateUsage {
  readonly used: number;
  /** This invoice is among them. */
  readonly counted: boolean;
  /** When the count begins anew. */
  readonly resetsAt: Date;
}

/** Everything that the send gate looks at. */
export interface GateInput {
  readonly now: Date;
  readonly message: {
    readonly class: MessageClass;
    readonly channel: Channel;
    /** Null for what is not of one level. */
    readonly level: DunningLevel | null;
    readonly createdAt: Date;
  };
  readonly invoice: Invoice | null;
  readonly chase: EscalationState | null;
  /** Null: there is none, or no longer. */
  readonly freelancer: GateFreelancer | null;
  readonly recipient: GateRecipient;
  /** Null where the message belongs to no invoice. */
  readonly usage: GateUsage | null;
  readonly policy: Policy;
}
