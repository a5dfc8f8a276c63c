import { choiceOf, type DebtorChoice } from '../../domain/consent/debtorChoice';
import { amountLeft } from '../../domain/invoice/amountLeft';
import { isVisibleToDebtor } from '../../domain/invoice/visibleToDebtor';
import { type VerifiedLink } from '../../platform/signedLink';
import { UnitOfWork } from '../../store/unitOfWork';
import { openDebtor } from '../contact/addressOfItem';
import { type Deps } from '../deps';
import { freelancerOf } from '../freelancerOf';
import { type ConsentCase, consentCaseOf } from './consentCaseOf';

/** What the debtor sees on his page. Texts are as they are stored: whoever shows them escapes them. */
export interface ConsentView {
  readonly businessName: string | null;
  /** What is held about him. */
  readonly held: { readonly name: string | null; readonly email: string; readonly phone: string | null };
  /** Null while he may not see it, for it is cancelled. Minor units. */
  readonly invoice: {
    readonly reference: string;
    readonly amount: number;
    readonly left: number;
    readonly currency: string;
    readonly dueDate: string | null;
    readonly status: string;
    readonly payUrl: string;
  } | null;
  /** What he has chosen; null: nothing yet. */
  readonly choice: DebtorChoice | null;
}

/** What a debtor's link shows. Changes nothing. @returns null when the link shows nothing */
export async function viewConsent(
  deps: Pick<Deps, 'db' | 'config'>,
  link: VerifiedLink,
): Promise<ConsentView | null> {
  const unit = new UnitOfWork(deps.db);
  const found = await consentCaseOf(deps, unit, link);
  if (found === null) return null;
  const { invoiceId, invoice } = found;
  const freelancer = await freelancerOf(deps.db, unit, invoice.freelancerId);
  const { reference, amount, currency, dueDate = null, status } = invoice;
  return {
    businessName: freelancer?.businessName ?? null,
    held: {
      name: invoice.clientName ?? null,
      email: found.email,
      phone: await openDebtor(deps, invoiceId, invoice, 'sms'),
    },
    invoice: isVisibleToDebtor(status)
      ? {
          reference,
          amount,
          left: amountLeft(invoice),
          currency,
          dueDate,
          status,
          payUrl: `${deps.config.publicBaseUrl}/pay/${invoiceId}`,
        }
      : null,
    choice: chosenOf(found),
  };
}

function chosenOf({ client, objected }: ConsentCase): DebtorChoice | null {
  const { email, sms } = client.contactPermissions ?? {};
  return choiceOf({ email: email?.status ?? 'unknown', sms: sms?.status ?? 'unknown' }, objected);
}
