import { type Background } from '../background';
import { type CarrierPlan } from './carrier/carrierPlan';
import { type OurNumber } from './ourNumber';
import { type MessageStore } from './messageStore';

/** What every Twilio path works on. */
export interface TwilioContext {
  readonly store: MessageStore;
  readonly background: Background;
  carrier: CarrierPlan;
  number: OurNumber;
  now(): Date;
  random(): number;
  /** Where replies to our number are posted. */
  replyTarget(): string | undefined;
  /** Where statuses are posted; a callback's own query is added. */
  statusTarget(): string | undefined;
}
