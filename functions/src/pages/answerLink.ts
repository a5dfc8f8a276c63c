import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { secretOf } from '../platform/config';
import { asRecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { type LinkPurpose, type VerifiedLink, verifyLink } from '../platform/signedLink';
import { type Deps } from '../usecases/deps';
import { deps } from '../wire/deps';
import { type Page, sendPage } from './sendPage';

/** A page that is opened by a signed link. */
export interface LinkPage {
  /** The function's, for the log. */
  readonly name: string;
  readonly purpose: LinkPurpose;
  /** For GET. It changes nothing, for mail scanners follow every link. */
  readonly show: (
    all: Deps,
    link: VerifiedLink,
    /** Verified: letters, digits, `_`, `-` and full stops. */
    token: string,
  ) => LinkAnswer | Promise<LinkAnswer>;
  /** For POST. */
  readonly act: (all: Deps, link: VerifiedLink, body: unknown) => Promise<LinkAnswer>;
}

/** Status and page; null when the link is about nothing (any more). */
export type LinkAnswer = readonly [status: number, page: Page] | null;

/** The same for a link that was made up, cut short, meant for something else, too old, or about nothing any more. */
const BAD_LINK: Page = {
  title: 'This link does not work',
  body: '<p>It may be incomplete or too old. Please use the link in the latest e-mail that you got from us.</p>',
};

const FAILED: Page = {
  title: 'That did not work',
  body: '<p>Nothing was changed. Please try again in a few minutes.</p>',
};

/** Answers `?t={signed link}` for whoever has one that is good; whoever has not learns nothing. */
export async function answerLink(
  { name, purpose, show, act }: LinkPage,
  request: Request,
  response: Response,
): Promise<void> {
  const { method } = request;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    response.set('Allow', 'GET, HEAD, POST').status(405).json({ error: 'Use GET or POST.' });
    return;
  }
  try {
    const all = await deps();
    const token: unknown = request.query['t'];
    const link = verifyLink(secretOf(all.config, 'linkSigningKeys'), token, purpose, all.clock.now());
    const answer =
      link === null
        ? null
        : await (method === 'POST' ? act(all, link, request.body) : show(all, link, String(token)));
    const [status, page] = answer ?? [400, BAD_LINK];
    sendPage(response, status, page);
  } catch (thrown) {
    log.callFailed({ functionName: name, code: asRecoupError(thrown).code, cause: thrown });
    sendPage(response, 500, FAILED);
  }
}
