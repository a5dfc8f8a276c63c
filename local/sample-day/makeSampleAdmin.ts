import { opsTarget } from '../ops/opsTarget';
import { setAdmin } from '../ops/setAdmin';
import { SAMPLE_ADMIN } from './sampleAdmin';
import { type SampleOrigins } from './sampleOrigins';

/** Makes the sample admin known to the Auth emulator, and an admin, as `npm run ops -- grant-admin` would. */
export async function makeSampleAdmin({
  authHost,
  functionsOrigin,
}: Pick<SampleOrigins, 'authHost' | 'functionsOrigin'>): Promise<void> {
  process.env['FIREBASE_AUTH_EMULATOR_HOST'] = authHost;
  process.env['FUNCTIONS_EMULATOR_ORIGIN'] = functionsOrigin;
  const { uid, email, password, name } = SAMPLE_ADMIN;
  const target = opsTarget(undefined);
  await target.auth.createUser({ uid, email, password, displayName: name, emailVerified: true });
  await setAdmin(target, email, true);
}
