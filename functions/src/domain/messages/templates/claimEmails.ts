import { type ParamsOf } from '../messageTemplates';
import { claimRejection } from './claimRejection';
import { debtorEmail } from './debtorEmail';
import { type EmailTemplate } from './emailContent';
import { phrase, value } from './phrase';
import { wording } from './wording';

/** The answers to a debtor who told us that an invoice is paid. */
export const claimEmails = {
  claim_received: (params) => {
    const { start, mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    return debtorEmail(params, {
      subject: phrase`Thank you for telling us about your payment of ${invoice.mid}`,
      heading: phrase`We have passed it on`,
      paragraphs: [
        phrase`You told us that you paid ${amount} for ${invoice.mid}. We have asked ${mid} to confirm it.`,
        phrase`Until then we send no reminders about this invoice. ${start} has 48 hours to answer, and you will hear from us when it does.`,
      ],
      facts: [{ label: 'You paid', value: amount, strong: true }],
    });
  },

  claim_verified: (params) => {
    const { start, mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    const outstanding = wording.money(params.outstanding, params.currency);
    const isPaid = params.outstanding === 0;
    return debtorEmail(params, {
      subject: phrase`Your payment of ${invoice.mid} is confirmed`,
      heading: phrase`Payment confirmed`,
      paragraphs: [
        phrase`Thank you. ${start} has confirmed your payment of ${amount} for ${invoice.mid}.`,
        isPaid ? phrase`The invoice is paid.` : phrase`${outstanding} of the invoice is still to be paid.`,
      ],
      facts: [
        { label: 'Confirmed', value: amount, strong: true },
        { label: 'Still to pay', value: outstanding },
      ],
      ...(isPaid ? {} : { button: { label: phrase`View invoice`, link: 'payUrl' } }),
      closing: [phrase`Questions about the invoice go to ${mid}.`],
    });
  },

  claim_rejected: (params) => {
    const { start, mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    return debtorEmail(params, {
      subject: phrase`Your payment of ${invoice.mid} could not be confirmed`,
      heading: phrase`Payment not confirmed`,
      paragraphs: [
        phrase`You told us that you paid ${amount} for ${invoice.mid}. ${start} could not confirm it. ${value(claimRejection[params.reason])}`,
        phrase`If you think that this is a mistake, please contact ${mid}. Reminders about the invoice may start again.`,
      ],
      facts: [{ label: 'You told us', value: amount }],
      button: { label: phrase`View invoice`, link: 'payUrl' },
    });
  },
} as const satisfies {
  [T in 'claim_received' | 'claim_verified' | 'claim_rejected']: EmailTemplate<ParamsOf<T>>;
};
