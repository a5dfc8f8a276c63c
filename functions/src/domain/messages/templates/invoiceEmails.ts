import { type ParamsOf } from '../messageTemplates';
import { debtorEmail, viewAndPay } from './debtorEmail';
import { type EmailTemplate } from './emailContent';
import { phrase } from './phrase';
import { wording } from './wording';

/** The invoice itself, and what the debtor is owed to hear about it: messages of service, never reminders. */
export const invoiceEmails = {
  invoice: (params, links) => {
    const { start, mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    const due = wording.day(params.dueDate);
    return debtorEmail(params, {
      subject: phrase`${invoice.start} from ${mid}: ${amount}, due ${due}`,
      heading: phrase`${invoice.start}`,
      paragraphs: [
        phrase`${start} has sent you an invoice for ${amount}.`,
        ...(links.payUrl === null ? [phrase`Please pay ${mid} in the way you have agreed.`] : []),
      ],
      facts: [
        { label: 'Amount', value: amount, strong: true },
        { label: 'Due', value: due },
      ],
      button: viewAndPay,
      closing: [phrase`If something about the invoice is not right, please tell ${mid}.`],
    });
  },

  receipt: (params) => {
    const { mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    return debtorEmail(params, {
      subject: phrase`Receipt: ${amount} for ${invoice.mid} from ${mid}`,
      heading: phrase`Payment received`,
      paragraphs: [phrase`Thank you. Your payment of ${amount} for ${invoice.mid} has been received.`],
      facts: [{ label: 'Paid', value: amount, strong: true }],
      closing: [phrase`Please keep this e-mail for your records. Questions about the invoice go to ${mid}.`],
    });
  },

  invoice_cancelled: (params) => {
    const { start, mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    return debtorEmail(params, {
      subject: phrase`Cancelled: ${invoice.mid} from ${mid}`,
      heading: phrase`${invoice.start} is cancelled`,
      paragraphs: [
        phrase`${start} has cancelled ${invoice.mid}. Please do not pay it. You will get no more reminders about it.`,
      ],
      facts: [{ label: 'Amount', value: wording.money(params.amount, params.currency) }],
      closing: [phrase`If you have paid it already, please contact ${mid}.`],
    });
  },

  reminders_stopped: (params) => {
    const { start, mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    return debtorEmail(params, {
      subject: phrase`Reminders from us about ${invoice.mid} from ${mid} have stopped`,
      heading: phrase`Our reminders have stopped`,
      paragraphs: [
        phrase`${start} does not use Recoup any more. We will send you no more reminders about ${invoice.mid}, and it cannot be paid through us.`,
        phrase`The invoice itself has not changed. Please pay ${mid} directly, and ask ${mid} if you have questions.`,
      ],
      facts: [],
    });
  },
} as const satisfies {
  [T in 'invoice' | 'receipt' | 'invoice_cancelled' | 'reminders_stopped']: EmailTemplate<ParamsOf<T>>;
};
