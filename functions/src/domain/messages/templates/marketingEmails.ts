import { type ParamsOf } from '../messageTemplates';
import { type EmailTemplate } from './emailContent';
import { freelancerEmail } from './freelancerEmail';
import { phrase } from './phrase';
import { planName } from './planName';
import { wording } from './wording';

/** Behavioural e-mails: only to freelancers who agreed to them, each once. Prices and plans change, so none are named. */
export const marketingEmails = {
  tutorial: () =>
    freelancerEmail({
      subject: phrase`Your first invoice in three steps`,
      heading: phrase`Your first invoice in three steps`,
      paragraphs: [
        phrase`Welcome to Recoup. This is all it takes to have an invoice looked after:`,
        phrase`1. Add a client, with an e-mail address that somebody reads.`,
        phrase`2. Write the invoice, with an amount and a due date.`,
        phrase`3. Send it. If it becomes overdue, we remind your client, politely at first.`,
      ],
    }),

  tips: () =>
    freelancerEmail({
      subject: phrase`Three habits that help invoices get paid`,
      heading: phrase`Three habits that help`,
      paragraphs: [
        phrase`Send the invoice on the day you finish the work, while it is fresh in your client's mind.`,
        phrase`Put the purchase order number or the project's name into the reference, so that nobody has to ask.`,
        phrase`Agree the due date before you start, and write the same day on the invoice.`,
      ],
    }),

  first_week: () =>
    freelancerEmail({
      subject: phrase`Your first week with Recoup`,
      heading: phrase`Your first week`,
      paragraphs: [
        phrase`You have been with Recoup for a week. Did you know that you can pause the reminders for any invoice, until a day of your choice? It helps when a client has promised to pay.`,
        phrase`And when a client pays by bank transfer, record it in Recoup, and the reminders stop at once.`,
      ],
    }),

  upgrade: () =>
    freelancerEmail({
      subject: phrase`More invoices, and reminders by text message`,
      heading: phrase`Room for more invoices`,
      paragraphs: [
        phrase`The Free plan looks after a few invoices a month. Paid plans look after more of them, and the larger plans also remind by text message.`,
        phrase`You find the plans and their prices in Recoup. If the Free plan is enough for you, there is nothing to do.`,
      ],
    }),

  inactive: () =>
    freelancerEmail({
      subject: phrase`Any invoices waiting to be paid?`,
      heading: phrase`It has been a while`,
      paragraphs: [
        phrase`You have not been in Recoup for a week or more. If an invoice is waiting to be paid, it takes a minute to add it.`,
      ],
    }),

  draft_waiting: (params) => {
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    return freelancerEmail({
      subject: phrase`${invoice.start} is still a draft`,
      heading: phrase`A draft is waiting`,
      paragraphs: [
        phrase`${invoice.start} for ${amount} is written but not sent. Your client gets it when you send it from Recoup.`,
      ],
      facts: [{ label: 'Amount', value: amount, strong: true }],
    });
  },

  quota_80: (params) => {
    const plan = planName(params.plan);
    return freelancerEmail({
      subject: phrase`You have used ${params.used} of ${params.limit} chased invoices this month`,
      heading: phrase`Your month so far`,
      paragraphs: [
        phrase`Your ${plan} plan looks after ${params.limit} overdue invoices a month, and ${params.used} are used. When all are used, reminders about further ones are not sent, nor made up for next month. A larger plan covers more.`,
      ],
    });
  },
} as const satisfies {
  [
    T in 'tutorial' | 'tips' | 'first_week' | 'upgrade' | 'inactive' | 'draft_waiting' | 'quota_80'
  ]: EmailTemplate<ParamsOf<T>>;
};
