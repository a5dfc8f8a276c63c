import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import * as z from 'zod';
import { debtorChoices } from '../domain/consent/debtorChoice';
import { secretOf } from '../platform/config';
import { asRecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { type VerifiedLink, verifyLink } from '../platform/signedLink';
import { chooseContact } from '../usecases/consent/chooseContact';
import { viewConsent } from '../usecases/consent/viewConsent';
import { type Deps } from '../usecases/deps';
import { deps } from '../wire/deps';
import { consentForm } from './consentForm';
import { type Page, sendPage } from './sendPage';

/** The same for a link that was made up, cut short, meant for something else, too old, or about nothing any more. */
const BAD_LINK: Page = {
  title: 'This link does not work',
  body: '<p>It may be incomplete or too old. Please use the link in the latest e-mail that you got from us.</p>',
};

const DONE: Page = {
  title: 'Your choice is saved',
  body: '<p>It counts from now on. A message that was on its way already may still arrive. You can choose anew with the same link. What you may owe to a business is not changed by this.</p>',
};

const NOT_CHOSEN: Page = {
  title: 'Nothing was chosen',
  body: '<p>Nothing was changed. Please go back and choose one of the answers.</p>',
};

const FAILED: Page = {
  title: 'That did not work',
  body: '<p>Nothing was changed. Please try again in a few minutes.</p>',
};

const formSchema = z.object({ choice: z.enum(debtorChoices) });

/**
 * `/c?t={signed link}`: what is held about a debtor, his invoice, and how he may be contacted. GET shows it and changes
 * nothing, for mail scanners follow every link. POST, from the form of that page, acts.
 */
export async function handleConsentPage(request: Request, response: Response): Promise<void> {
  const { method } = request;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    response.set('Allow', 'GET, HEAD, POST').status(405).json({ error: 'Use GET or POST.' });
    return;
  }
  try {
    const all = await deps();
    const token: unknown = request.query['t'];
    const link = verifyLink(secretOf(all.config, 'linkSigningKeys'), token, 'consent', all.clock.now());
    const [status, page] =
      link === null
        ? [400, BAD_LINK]
        : await (method === 'POST' ? take(all, link, request.body) : show(all, link, String(token)));
    sendPage(response, status, page);
  } catch (thrown) {
    log.callFailed({ functionName: 'consentPage', code: asRecoupError(thrown).code, cause: thrown });
    sendPage(response, 500, FAILED);
  }
}

async function show(all: Deps, link: VerifiedLink, token: string): Promise<[number, Page]> {
  const view = await viewConsent(all, link);
  return view === null ? [400, BAD_LINK] : [200, consentForm(view, token)];
}

async function take(all: Deps, link: VerifiedLink, body: unknown): Promise<[number, Page]> {
  const form = formSchema.safeParse(body);
  if (!form.success) return (await viewConsent(all, link)) === null ? [400, BAD_LINK] : [422, NOT_CHOSEN];
  return (await chooseContact(all, link, form.data.choice)) ? [200, DONE] : [400, BAD_LINK];
}
