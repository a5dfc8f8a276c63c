import { type ParamsOf } from '../messageTemplates';
import { debtorEmail, otherwise, viewAndPay } from './debtorEmail';
import { type EmailTemplate } from './emailContent';
import { phrase } from './phrase';
import { statutory } from './statutory';
import { wording } from './wording';

/** Courtesy notes before an invoice is overdue, and the levels of the chase after that. */
export const reminderEmails = {
  courtesy_before: (params, links) => {
    const { mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    const due = wording.day(params.dueDate);
    return debtorEmail(params, {
      subject: phrase`${invoice.start} from ${mid} is due on ${due}`,
      heading: phrase`Due soon`,
      paragraphs: [
        phrase`A short note in advance: ${invoice.mid} from ${mid} for ${amount} is due on ${due}.`,
      ],
      facts: [
        { label: 'Outstanding', value: amount, strong: true },
        { label: 'Due', value: due },
      ],
      button: viewAndPay,
      closing: [otherwise(params.businessName, links)],
    });
  },

  courtesy_due: (params, links) => {
    const { mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    const due = wording.day(params.dueDate);
    return debtorEmail(params, {
      subject: phrase`${invoice.start} from ${mid} is due today, ${due}`,
      heading: phrase`Due today`,
      paragraphs: [phrase`${invoice.start} from ${mid} for ${amount} is due today.`],
      facts: [
        { label: 'Outstanding', value: amount, strong: true },
        { label: 'Due', value: due },
      ],
      button: viewAndPay,
      closing: [otherwise(params.businessName, links)],
    });
  },

  gentle: (params, links) => {
    const { mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    const due = wording.day(params.dueDate);
    return debtorEmail(params, {
      subject: phrase`Reminder: ${invoice.mid} from ${mid} was due on ${due}`,
      heading: phrase`A friendly reminder`,
      paragraphs: [
        phrase`${invoice.start} from ${mid} was due on ${due}, and ${amount} of it is still outstanding. It may simply have slipped past; please pay it when you can.`,
      ],
      facts: [
        { label: 'Outstanding', value: amount, strong: true },
        { label: 'Was due', value: due },
      ],
      button: viewAndPay,
      closing: [otherwise(params.businessName, links)],
    });
  },

  firm: (params, links) => {
    const { mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const due = wording.day(params.dueDate);
    const { asked, facts, paragraphs } = statutory(params);
    return debtorEmail(params, {
      subject: phrase`Overdue: ${invoice.mid} from ${mid}`,
      heading: phrase`Payment overdue`,
      paragraphs: [
        phrase`${invoice.start} from ${mid} was due on ${due} and has not been paid in full. Please pay ${wording.money(asked, params.currency)}, or tell ${mid} when you will.`,
      ],
      facts: [...facts, { label: 'Was due', value: due }],
      button: viewAndPay,
      closing: [...paragraphs, otherwise(params.businessName, links)],
    });
  },

  final: (params, links) => {
    const { mid } = wording.business(params.businessName);
    const invoice = wording.invoice(params.reference);
    const due = wording.day(params.dueDate);
    const payBy = wording.day(params.payBy);
    const { asked, facts, paragraphs } = statutory(params);
    return debtorEmail(params, {
      subject: phrase`Final notice: ${invoice.mid} from ${mid}, please pay by ${payBy}`,
      heading: phrase`Final notice`,
      paragraphs: [
        phrase`${invoice.start} from ${mid} was due on ${due} and has not been paid in full. This is the last reminder that we send about it.`,
        phrase`Please pay ${wording.money(asked, params.currency)} by ${payBy}. If you cannot pay all of it by then, please contact ${mid} before that day and say what you can do.`,
        phrase`If it is still unpaid after that day, ${mid} may consider its options.`,
      ],
      facts: [...facts, { label: 'Was due', value: due }, { label: 'Please pay by', value: payBy }],
      button: viewAndPay,
      closing: [...paragraphs, otherwise(params.businessName, links)],
    });
  },
} as const satisfies {
  [T in 'courtesy_before' | 'courtesy_due' | 'gentle' | 'firm' | 'final']: EmailTemplate<ParamsOf<T>>;
};
