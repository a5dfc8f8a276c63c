import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import * as z from 'zod';
import { debtorChoices } from '../domain/consent/debtorChoice';
import { chooseContact } from '../usecases/consent/chooseContact';
import { viewConsent } from '../usecases/consent/viewConsent';
import { answerLink, type LinkPage } from './answerLink';
import { consentForm } from './consentForm';
import { type Page } from './sendPage';

const DONE: Page = {
  title: 'Your choice is saved',
  body: '<p>It counts from now on. A message that was on its way already may still arrive. You can choose anew with the same link. What you may owe to a business is not changed by this.</p>',
};

const NOT_CHOSEN: Page = {
  title: 'Nothing was chosen',
  body: '<p>Nothing was changed. Please go back and choose one of the answers.</p>',
};

const formSchema = z.object({ choice: z.enum(debtorChoices) });

const PAGE: LinkPage = {
  name: 'consentPage',
  purpose: 'consent',
  show: async (all, link, token) => {
    const view = await viewConsent(all, link);
    return view === null ? null : [200, consentForm(view, token)];
  },
  act: async (all, link, body) => {
    const form = formSchema.safeParse(body);
    if (!form.success) return (await viewConsent(all, link)) === null ? null : [422, NOT_CHOSEN];
    return (await chooseContact(all, link, form.data.choice)) ? [200, DONE] : null;
  },
};

/**
 * `/c?t={signed link}`: what is held about a debtor, his invoice, and how he may be contacted. GET shows it; POST, from the
 * form of that page, acts.
 */
export function handleConsentPage(request: Request, response: Response): Promise<void> {
  return answerLink(PAGE, request, response);
}
