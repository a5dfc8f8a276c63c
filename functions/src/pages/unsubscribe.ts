import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { isDocumentId } from '../domain/documentId';
import { unsubscribeEmail } from '../usecases/unsubscribeEmail';
import { answerLink, type LinkPage } from './answerLink';
import { type Page } from './sendPage';

const DONE: Page = {
  title: 'You are unsubscribed',
  body: '<p>We will send no more e-mails to this address. What you may owe to a business is not changed by this.</p>',
};

const PAGE: LinkPage = {
  name: 'unsubscribe',
  purpose: 'unsubscribe',
  show: (_all, { subject }, token) => (isDocumentId(subject) ? [200, askFirst(token)] : null),
  act: async (all, { subject }) => {
    if (!isDocumentId(subject)) return null;
    await unsubscribeEmail(all, subject);
    return [200, DONE];
  },
};

/**
 * `/u?t={signed link}`. GET shows a page with a button; POST acts: from that page, or from a mail program (RFC 8058,
 * `List-Unsubscribe=One-Click`); the link is what counts, not the body.
 */
export function handleUnsubscribe(request: Request, response: Response): Promise<void> {
  return answerLink(PAGE, request, response);
}

/** @param token verified */
function askFirst(token: string): Page {
  return {
    title: 'Unsubscribe',
    body: `<p>Press the button, and we will send no more e-mails to the address that this link came to.</p>
<form method="post" action="?t=${token}">
<button type="submit">Unsubscribe</button>
</form>`,
  };
}
