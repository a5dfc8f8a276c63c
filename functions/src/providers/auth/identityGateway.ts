import { TransientFailure } from '../../platform/errors';

/** The part of the Admin SDK's `Auth` that is used. */
interface TokenMaker {
  createCustomToken(uid: string): Promise<string>;
}

/** Firebase Auth, as far as we ask it for anything. */
export class IdentityGateway {
  constructor(private readonly auth: () => Promise<TokenMaker>) {}

  /**
   * A token with which the web client signs in to Firebase as this user. On the platform it is signed by the function's
   * own service account, which needs the role Service Account Token Creator for itself.
   *
   * @throws TransientFailure when it can not be signed now
   */
  async customToken(uid: string): Promise<string> {
    try {
      return await (await this.auth()).createCustomToken(uid);
    } catch (error) {
      throw new TransientFailure('auth_unavailable', 'Signing in is not possible right now.', {
        cause: error,
      });
    }
  }
}
