import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { isDocumentId } from '../domain/documentId';
import { secretOf } from '../platform/config';
import { asRecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { verifyLink } from '../platform/signedLink';
import { unsubscribeEmail } from '../usecases/unsubscribeEmail';
import { deps } from '../wire/deps';
import { type Page, sendPage } from './sendPage';

/** The same for a link that was made up, cut short, meant for something else, or too old. */
const BAD_LINK: Page = {
  title: 'This link does not work',
  body: '<p>It may be incomplete or too old. Please use the link in the latest e-mail that you got from us.</p>',
};

const DONE: Page = {
  title: 'You are unsubscribed',
  body: '<p>We will send no more e-mails to this address. What you may owe to a business is not changed by this.</p>',
};

const FAILED: Page = {
  title: 'That did not work',
  body: '<p>Nothing was changed. Please try again in a few minutes.</p>',
};

/**
 * `/u?t={signed link}`. GET shows a page with a button and changes nothing, for mail scanners follow every link. POST
 * acts: from that page, or from a mail program (RFC 8058, `List-Unsubscribe=One-Click`); the link is what counts, not
 * the body.
 */
export async function handleUnsubscribe(request: Request, response: Response): Promise<void> {
  const { method } = request;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    response.set('Allow', 'GET, HEAD, POST').status(405).json({ error: 'Use GET or POST.' });
    return;
  }
  try {
    const { config, clock, ...rest } = await deps();
    const token: unknown = request.query['t'];
    const link = verifyLink(secretOf(config, 'linkSigningKeys'), token, 'unsubscribe', clock.now());
    if (link === null || !isDocumentId(link.subject)) {
      sendPage(response, 400, BAD_LINK);
      return;
    }
    if (method !== 'POST') {
      sendPage(response, 200, askFirst(String(token)));
      return;
    }
    await unsubscribeEmail({ config, clock, ...rest }, link.subject);
    sendPage(response, 200, DONE);
  } catch (thrown) {
    log.callFailed({ functionName: 'unsubscribe', code: asRecoupError(thrown).code, cause: thrown });
    sendPage(response, 500, FAILED);
  }
}

/** @param token verified: letters, digits, `_`, `-` and full stops */
function askFirst(token: string): Page {
  return {
    title: 'Unsubscribe',
    body: `<p>Press the button, and we will send no more e-mails to the address that this link came to.</p>
<form method="post" action="?t=${token}">
<button type="submit">Unsubscribe</button>
</form>`,
  };
}
