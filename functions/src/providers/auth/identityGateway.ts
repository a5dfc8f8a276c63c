import { TransientFailure } from '../../platform/errors';

/** The part of the Admin SDK's `Auth` that is used. */
interface AuthClient {
  createCustomToken(uid: string): Promise<string>;
  getUser(uid: string): Promise<{
    readonly email?: string | undefined;
    readonly emailVerified: boolean;
    readonly customClaims?: Record<string, unknown> | undefined;
  }>;
  setCustomUserClaims(uid: string, claims: object): Promise<void>;
  deleteUser(uid: string): Promise<void>;
}

/** A user as Firebase Auth has him now, whatever his token says. */
export interface Identity {
  readonly email: string | null;
  readonly verified: boolean;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Firebase Auth, as far as we ask it for anything. */
export class IdentityGateway {
  constructor(private readonly auth: () => Promise<AuthClient>) {}

  /**
   * A token with which the web client signs in to Firebase as this user. On the platform it is signed by the function's
   * own service account, which needs the role Service Account Token Creator for itself.
   *
   * @throws TransientFailure when it can not be signed now
   */
  async customToken(uid: string): Promise<string> {
    return this.ask((auth) => auth.createCustomToken(uid));
  }

  /**
   * A user's record; null when there is none.
   *
   * @throws TransientFailure `auth_unavailable`
   */
  user(uid: string): Promise<Identity | null> {
    return this.ask(async (auth) => {
      try {
        const { email, emailVerified, customClaims } = await auth.getUser(uid);
        return { email: email ?? null, verified: emailVerified, claims: customClaims ?? {} };
      } catch (error) {
        if (codeOf(error) === 'auth/user-not-found') return null;
        throw error;
      }
    });
  }

  /**
   * All claims that a user's next tokens hold; those that are left out are taken from him.
   *
   * @throws TransientFailure `auth_unavailable`
   */
  setClaims(uid: string, claims: object): Promise<void> {
    return this.ask((auth) => auth.setCustomUserClaims(uid, claims));
  }

  /**
   * Takes a user's record away, and with it every way to sign in by it; a token that is out still holds for its hour.
   * There being none is as good, so that it can be asked for again.
   *
   * @throws TransientFailure `auth_unavailable`
   */
  remove(uid: string): Promise<void> {
    return this.ask(async (auth) => {
      try {
        await auth.deleteUser(uid);
      } catch (error) {
        // No record can have an id that is none.
        if (!['auth/user-not-found', 'auth/invalid-uid'].includes(codeOf(error))) throw error;
      }
    });
  }

  private async ask<T>(work: (auth: AuthClient) => Promise<T>): Promise<T> {
    try {
      return await work(await this.auth());
    } catch (error) {
      throw new TransientFailure('auth_unavailable', 'Signing in is not possible right now.', {
        cause: error,
      });
    }
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code);
}
