import { changePayload } from '../../store/webhookPayload';
import { type ContactKind } from './contactKind';
import { payloadSeal } from './payloadSeal';

/** Bytes of failed events. Made clear again they may stay sealed: both are read. */
export const payloadKind: ContactKind = {
  name: 'failed_webhooks',
  plan: async (deps, unit, ref, form) =>
    form === 'clear' ? null : changePayload(unit, ref, payloadSeal(deps, ref), form === 'renewed'),
};
