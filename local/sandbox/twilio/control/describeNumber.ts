import { z } from 'zod';
import { parseControl } from '../../parseControl';
import { setting } from '../../settings';
import { phoneNumber } from '../phoneNumber';
import { type TwilioContext } from '../twilioContext';

const numberSchema = z.strictObject({
  kind: z.enum(['mobile', 'landline', 'invalid']).optional(),
  /** Towards TWILIO_FROM, as if STOP or START had been sent to it without our knowing. */
  optedOut: z.boolean().optional(),
});

/**
 * PUT /_sandbox/twilio/numbers/{number}: says what Twilio knows of a number.
 * @throws ControlError (400) for what is not a number in E.164 form.
 */
export function describeNumber(context: TwilioContext, number: string, body: unknown): unknown {
  const person = parseControl(phoneNumber, number);
  const { kind, optedOut } = parseControl(numberSchema, body);
  if (kind !== undefined) context.store.setKind(person, kind);
  const ours = setting('TWILIO_FROM');
  if (optedOut === true) context.store.block(person, ours);
  if (optedOut === false) context.store.unblock(person, ours);
  return {
    number: person,
    kind: context.store.kindOf(person),
    optedOut: context.store.isBlocked(person, ours),
  };
}
