import { type MessageLinks } from '../messageLinks';
import { type EmailContent, type Fact } from './emailContent';
import { type Phrase, phrase } from './phrase';
import { wording } from './wording';

interface DebtorParams {
  readonly clientName: string | null;
  readonly businessName: string | null;
  readonly reference: string;
}

/** What all e-mails to a debtor have in common: whom they greet, which invoice they are about, for whom we write. */
export function debtorEmail(
  params: DebtorParams,
  content: Omit<EmailContent, 'to' | 'sentFor'>,
): EmailContent {
  const business = wording.business(params.businessName);
  const invoice = wording.invoice(params.reference);
  const about: readonly Fact[] = [
    ...(wording.isBlank(params.reference) ? [] : [{ label: 'Invoice', value: phrase`${params.reference}` }]),
    ...(wording.isBlank(params.businessName) ? [] : [{ label: 'From', value: business.start }]),
  ];
  return {
    ...content,
    to: params.clientName,
    ...(content.facts === undefined ? {} : { facts: [...about, ...content.facts] }),
    sentFor: { business: business.mid, invoice: invoice.mid },
  };
}

/** The button to the invoice's own page. */
export const viewAndPay = { label: phrase`View and pay`, link: 'payUrl' } as const;

/** What to do when the invoice is not right, or paid already. Says nothing of the page when there is no link to it. */
export function otherwise(businessName: string | null, links: MessageLinks): Phrase {
  const { mid } = wording.business(businessName);
  return links.payUrl === null
    ? phrase`If you have paid already, thank you. If that is so, or if something about the invoice is not right, please tell ${mid}.`
    : phrase`If you have paid already, thank you. If that is so, or if something about the invoice is not right, please say so on the invoice's page or tell ${mid}.`;
}
