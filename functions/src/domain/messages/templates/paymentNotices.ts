import { type UnappliedReason } from '../../payment/transaction';
import { type ParamsOf } from '../messageTemplates';
import { type EmailTemplate } from './emailContent';
import { freelancerEmail } from './freelancerEmail';
import { phrase, value } from './phrase';
import { wording } from './wording';

const reasons: Readonly<Record<UnappliedReason, string>> = {
  unknown_invoice: 'The payment names an invoice that we do not know.',
  invoice_cancelled: 'The invoice was cancelled.',
  invoice_not_sent: 'The invoice has not been sent yet.',
  currency_mismatch: 'The payment is in another currency than the invoice.',
  freelancer_mismatch: 'The payment names an invoice of somebody else.',
  account_mismatch: 'The payment arrived in an account that is not the one you connected.',
  livemode_mismatch: 'It is a test payment, or real money in a test account.',
};

/** Money that did something the freelancer has to know about. */
export const paymentNotices = {
  payment_unapplied: (params) => {
    const amount = wording.money(params.amount, params.currency);
    return freelancerEmail({
      subject: phrase`A payment of ${amount} needs your attention`,
      heading: phrase`A payment needs your attention`,
      paragraphs: [
        phrase`A payment of ${amount} arrived that could not be matched to an open invoice. ${value(reasons[params.reason])}`,
        phrase`The payment is recorded, no invoice was changed by it, and we are looking into it.`,
      ],
      facts: [{ label: 'Amount', value: amount, strong: true }],
    });
  },

  overpayment: (params) => {
    const invoice = wording.invoice(params.reference);
    const over = wording.money(params.overpaid, params.currency);
    return freelancerEmail({
      subject: phrase`${invoice.start} was overpaid by ${over}`,
      heading: phrase`An invoice was overpaid`,
      paragraphs: [
        phrase`With the payment that has just arrived, ${over} more than was owed has been paid for ${invoice.mid}. You may want to refund the difference; we do not do so by ourselves.`,
      ],
      facts: [
        { label: 'This payment', value: wording.money(params.amount, params.currency) },
        { label: 'Overpaid by', value: over, strong: true },
      ],
    });
  },

  payment_disputed: (params) => {
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    return freelancerEmail({
      subject: phrase`The payment for ${invoice.mid} is disputed`,
      heading: phrase`A payment is disputed`,
      paragraphs: [
        phrase`The payment for ${invoice.mid} is disputed at the payer's bank. Reminders about this invoice are paused.`,
        phrase`Please answer the dispute in your Stripe dashboard before the deadline that Stripe gives there.`,
      ],
      facts: [{ label: 'Disputed', value: amount, strong: true }],
    });
  },

  payment_refunded: (params) => {
    const invoice = wording.invoice(params.reference);
    const refunded = wording.money(params.refunded, params.currency);
    return freelancerEmail({
      subject: phrase`${refunded} of the payment for ${invoice.mid} is refunded`,
      heading: phrase`A payment was refunded`,
      paragraphs: [
        phrase`In all, ${refunded} of the payment for ${invoice.mid} is refunded now. A refund does not start reminders again: if the invoice is still to be paid, start them yourself.`,
      ],
      facts: [{ label: 'Refunded in all', value: refunded, strong: true }],
    });
  },
} as const satisfies {
  [T in 'payment_unapplied' | 'overpayment' | 'payment_disputed' | 'payment_refunded']: EmailTemplate<
    ParamsOf<T>
  >;
};
