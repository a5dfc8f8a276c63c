import { type MessageClass } from './messageTemplates';

/** Whose address messages of a class go to: the invoice's debtor's, or that of the freelancer's record. */
export function addresseeOf(messageClass: MessageClass): 'debtor' | 'freelancer' {
  return messageClass === 'freelancer_notice' || messageClass === 'marketing' ? 'freelancer' : 'debtor';
}
