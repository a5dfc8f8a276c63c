/**
 * Why a freelancer did not accept a debtor's word that an invoice was paid, and how the debtor is told. A catalogue
 * and not free text: what one person writes about another in anger is not ours to deliver.
 */
export const claimRejection = {
  not_received: 'The payment has not arrived.',
  amount_partial: 'Only part of the amount has arrived.',
  amount_wrong: 'The amount that arrived is not the amount you told us.',
  date_wrong: 'No payment was found for the date you told us.',
  method_mismatch: 'No payment was found that was made in the way you told us.',
  duplicate_claim: 'The payment you told us about had been counted before.',
  no_evidence: 'The payment could not be found from what you told us.',
  evidence_unclear: 'What you sent about the payment could not be read.',
  evidence_mismatch: 'What you sent about the payment belongs to a different payment.',
  payment_processing: 'The payment is still being processed.',
  bank_pending: 'The bank has not credited the payment yet.',
  cheque_not_cleared: 'The cheque has not cleared.',
  other: 'The payment could not be confirmed.',
} as const satisfies Record<string, string>;

export type ClaimRejection = keyof typeof claimRejection;

export const claimRejections = Object.keys(claimRejection) as readonly ClaimRejection[];
