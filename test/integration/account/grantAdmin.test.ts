import { randomUUID } from 'node:crypto';
import { type App, deleteApp, initializeApp } from 'firebase-admin/app';
import { type UserRecord } from 'firebase-admin/auth';
import { getFirestore } from 'firebase-admin/firestore';
import { findUser } from '../../../local/ops/findUser';
import { type OpsTarget } from '../../../local/ops/opsTarget';
import { setAdmin } from '../../../local/ops/setAdmin';
import { newId } from '../../support/stripeEvents';

type SignIn = Pick<UserRecord, 'uid' | 'email' | 'emailVerified' | 'customClaims'>;

/** Firebase Auth as far as the commands ask it; the emulator of it is started for the whole stack alone. */
function authOf(people: SignIn[]): OpsTarget['auth'] {
  const missing = Object.assign(new Error('nobody'), { code: 'auth/user-not-found' });
  const by = (is: (one: SignIn) => boolean): Promise<SignIn> => {
    const found = people.find(is);
    return found === undefined ? Promise.reject(missing) : Promise.resolve(found);
  };
  return {
    getUserByEmail: (email: string) => by((one) => one.email === email),
    getUser: (uid: string) => by((one) => one.uid === uid),
    setCustomUserClaims: async (uid: string, customClaims: object) => {
      Object.assign(await by((one) => one.uid === uid), { customClaims });
    },
    revokeRefreshTokens: () => Promise.resolve(),
  } as unknown as OpsTarget['auth'];
}

describe('an admin', () => {
  let app: App;
  let target: OpsTarget;
  let people: SignIn[];
  beforeAll(() => {
    const project = `demo-t-${randomUUID().slice(0, 8)}`;
    app = initializeApp({ projectId: project }, project);
  });
  beforeEach(() => {
    people = [];
    const auth = authOf(people);
    const nowhere = { functionUrl: () => '', authOrigin: '' };
    target = { project: 'demo', isReal: false, db: getFirestore(app), auth, ...nowhere };
  });
  afterAll(() => deleteApp(app));

  /** Somebody who has registered an address, verified or not. */
  function register(email: string | undefined, emailVerified: boolean): string {
    const uid = newId('user');
    people.push({ uid, emailVerified, customClaims: {}, ...(email === undefined ? {} : { email }) });
    return uid;
  }
  const newEmail = (): string => `${newId('olga')}@recoup.example`;
  const admins = (): string[] =>
    people.filter(({ customClaims }) => customClaims?.['admin'] === true).map(({ uid }) => uid);

  it('is whoever has verified the address', async () => {
    const email = newEmail();
    const uid = register(email, true);
    expect(await setAdmin(target, email.toUpperCase(), true)).toMatchObject({ uid, role: 'admin' });
    expect(admins()).toEqual([uid]);
  });

  it('is nobody who has only registered it, and what to do is said', async () => {
    const email = newEmail();
    const uid = register(email, false);
    const real = { ...target, isReal: true };
    await expect(setAdmin(real, email, true)).rejects.toThrow(/has registered .* opens the link/);
    expect(admins()).toEqual([]);
    expect((await target.db.doc(`users/${uid}`).get()).exists).toBe(false);
    await expect(setAdmin(target, newEmail(), true)).rejects.toThrow('Nobody has signed in with');
  });

  it('is on the local stack whoever has registered it', async () => {
    const email = newEmail();
    const uid = register(email, false);
    expect(await setAdmin(target, email, true)).toMatchObject({ uid, role: 'admin' });
  });

  it('is whom the record of users names, also where another has registered the address', async () => {
    const email = newEmail();
    const squatter = register(email, false);
    const uid = register(undefined, false);
    await target.db.doc(`users/${uid}`).set({ email });
    expect(await setAdmin(target, email, true)).toMatchObject({ uid });
    expect((await findUser(target, email)).uid).toBe(uid);
    expect(admins()).toEqual([uid]);
    expect(await setAdmin(target, email, false)).toMatchObject({ uid, role: 'user' });
    expect(squatter).not.toBe(uid);
  });

  it('is one no more when that is ended, also one who never showed that the address is his', async () => {
    const email = newEmail();
    const uid = register(email, false);
    Object.assign(people[0] ?? {}, { customClaims: { admin: true } });
    expect(await setAdmin(target, email, false)).toMatchObject({ uid, role: 'user', signedOut: true });
    expect(admins()).toEqual([]);
  });
});
