import { toDebtor } from '../invoice/toDebtor';
import { type Freelancer } from '../payment/decidePayment';
import { type InvoiceState } from '../payment/invoiceConsequences';
import { type TemplateOf } from './messageTemplates';
import { type OutboxItem } from './outboxItem';

/**
 * One e-mail to the debtor of an invoice about what concerns him, once for each cause and template; none without an
 * address.
 *
 * @param params what the template takes besides the names and the reference
 */
export function debtorMessage(
  { id, invoice }: InvoiceState,
  freelancer: Freelancer | null,
  template: TemplateOf<'debtor_service'>,
  causeId: string,
  params: OutboxItem['params'],
): readonly OutboxItem[] {
  const addressed = toDebtor(invoice, 'email');
  if (addressed === null) return [];
  return [
    {
      id: `${template}_${causeId}`,
      channel: 'email',
      template,
      invoiceId: id,
      freelancerId: invoice.freelancerId,
      ...addressed,
      params: {
        clientName: invoice.clientName ?? null,
        businessName: freelancer?.businessName ?? null,
        reference: invoice.reference,
        ...params,
      },
    },
  ];
}
