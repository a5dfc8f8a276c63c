import { type Channel } from '../messages/outboxRow';

/** What a debtor can choose on the page behind the link in our e-mails. */
export const debtorChoices = ['email', 'sms', 'both', 'neither', 'object'] as const;
export type DebtorChoice = (typeof debtorChoices)[number];

/** The words under which the choices stand; see `wordings`. */
export const DEBTOR_WORDING = 'debtor-choice-2026-11';

/** Whether a choice lets this channel be used. */
export function allows(choice: DebtorChoice, channel: Channel): boolean {
  return choice === channel || choice === 'both';
}

/** What is stored already, as a choice; null where the debtor has not chosen. */
export function choiceOf(
  permissions: Readonly<Record<Channel, string>>,
  objected: boolean,
): DebtorChoice | null {
  if (objected) return 'object';
  const { email, sms } = permissions;
  if (email === 'unknown' && sms === 'unknown') return null;
  if (email === 'withdrawn') return sms === 'granted' ? 'sms' : sms === 'withdrawn' ? 'neither' : null;
  if (sms === 'withdrawn') return 'email';
  return email === 'granted' && sms === 'granted' ? 'both' : null;
}
