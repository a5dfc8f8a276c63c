import { type ParamsOf, type TemplateFor } from '../messageTemplates';
import { accountNotices } from './accountNotices';
import { chaseNotices } from './chaseNotices';
import { claimEmails } from './claimEmails';
import { type EmailTemplate } from './emailContent';
import { invoiceEmails } from './invoiceEmails';
import { marketingEmails } from './marketingEmails';
import { paymentNotices } from './paymentNotices';
import { reminderEmails } from './reminderEmails';

/** The wording of every template that has the channel e-mail; one that is missing does not compile. */
export const emailTemplates: { readonly [T in TemplateFor<'email'>]: EmailTemplate<ParamsOf<T>> } = {
  ...invoiceEmails,
  ...claimEmails,
  ...reminderEmails,
  ...paymentNotices,
  ...chaseNotices,
  ...accountNotices,
  ...marketingEmails,
};
