import { type Background } from '../background';
import { type CarrierPlan } from './carrier/carrierPlan';
import { type EventWebhook } from './eventWebhook';
import { type MailStore } from './mailStore';

/** What every SendGrid path works on. */
export interface SendgridContext {
  readonly store: MailStore;
  readonly background: Background;
  carrier: CarrierPlan;
  webhooks: readonly EventWebhook[];
  now(): Date;
  random(): number;
  /** Where events are posted. */
  eventTarget(): string | undefined;
}
