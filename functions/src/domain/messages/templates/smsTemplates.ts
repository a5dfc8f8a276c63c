import { formatMoney } from '../../money/formatMoney';
import { type ParamsOf, type TemplateFor } from '../messageTemplates';
import { formatDay } from './formatDay';
import { gsmText } from './gsmText';
import { type SmsTemplate } from './smsContent';
import { statutory } from './statutory';

/** The wording of every template that has the channel SMS; one that is missing does not compile. */
export const smsTemplates: { readonly [T in TemplateFor<'sms'>]: SmsTemplate<ParamsOf<T>> } = {
  gentle: ({ businessName, reference, amount, currency, dueDate }) => {
    const money = moneyInSms(amount, currency);
    return {
      business: businessName,
      reference,
      wordings: [
        ({ business, invoice }) =>
          `${business}: a friendly reminder that ${invoice} was due on ${formatDay(dueDate)}. Outstanding: ${money}.`,
        ({ business, invoice }) => `${business}: ${invoice} is overdue. Outstanding: ${money}.`,
      ],
    };
  },

  firm: (params) => {
    const money = moneyInSms(statutory(params).asked, params.currency);
    return {
      business: params.businessName,
      reference: params.reference,
      wordings: [
        ({ business, invoice }) =>
          `${business}: ${invoice} was due on ${formatDay(params.dueDate)} and is overdue. Please pay ${money} or tell us when you will.`,
        ({ business, invoice }) => `${business}: ${invoice} is overdue. Please pay ${money}.`,
      ],
    };
  },

  final: (params) => {
    const money = moneyInSms(statutory(params).asked, params.currency);
    const payBy = formatDay(params.payBy);
    return {
      business: params.businessName,
      reference: params.reference,
      wordings: [
        ({ business, invoice }) =>
          `${business}: final notice for ${invoice}, due on ${formatDay(params.dueDate)}. Please pay ${money} by ${payBy}.`,
        ({ business, invoice }) => `${business}: final notice, ${invoice}. Please pay ${money} by ${payBy}.`,
      ],
    };
  },
};

/** The amount in GSM-7: a currency whose sign that does not have is named by its code instead. */
function moneyInSms(amount: number, currency: string): string {
  const money = formatMoney(amount, currency);
  return gsmText(money) ?? `${currency} ${money.replace(/[^\d.,]/g, '')}`;
}
