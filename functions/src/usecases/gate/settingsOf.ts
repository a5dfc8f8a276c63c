import { type DocumentSnapshot } from 'firebase-admin/firestore';
import type * as z from 'zod';
import { TransientFailure } from '../../platform/errors';
import { decode } from '../../store/decode';

/**
 * Settings as operators have written them, the schema's defaults where they have not.
 *
 * @throws TransientFailure `settings_unusable` when they do not fit
 */
export function settingsOf<S extends z.ZodType>(schema: S, snapshot: DocumentSnapshot): z.infer<S> {
  try {
    return decode(schema, snapshot) ?? schema.parse({});
  } catch (error) {
    throw new TransientFailure('settings_unusable', 'The settings of the service can not be used.', {
      cause: error,
    });
  }
}
