import { type ParamsOf } from '../messageTemplates';
import { type EmailTemplate } from './emailContent';
import { freelancerEmail } from './freelancerEmail';
import { phrase, value } from './phrase';
import { wording } from './wording';

const methods = {
  bank_transfer: 'bank transfer',
  cash: 'cash',
  cheque: 'cheque',
} as const satisfies Record<ParamsOf<'claim_to_verify'>['method'], string>;

/** What happens while an invoice is chased, told to the freelancer whose invoice it is. */
export const chaseNotices = {
  claim_to_verify: (params) => {
    const client = wording.client(params.clientName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    return freelancerEmail({
      subject: phrase`Was ${invoice.mid} paid? Please answer within 48 hours`,
      heading: phrase`Your client says it is paid`,
      paragraphs: [
        phrase`${client.start} says that ${amount} was paid for ${invoice.mid}. Please look whether the money has arrived, and confirm or reject it within 48 hours.`,
        phrase`Reminders about this invoice are paused.`,
      ],
      facts: [
        { label: 'Amount', value: amount, strong: true },
        { label: 'Paid by', value: value(methods[params.method]) },
        ...(params.paidOn === null ? [] : [{ label: 'Paid on', value: wording.day(params.paidOn) }]),
      ],
    });
  },

  claim_reminder: (params) => {
    const client = wording.client(params.clientName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    const left = value(params.hoursLeft === 1 ? '1 hour' : `${params.hoursLeft} hours`);
    return freelancerEmail({
      subject: phrase`${left} left to answer: was ${invoice.mid} paid?`,
      heading: phrase`Please confirm or reject a payment`,
      paragraphs: [
        phrase`${client.start} is waiting for your answer: ${amount} is said to be paid for ${invoice.mid}. You have ${left} left to confirm or reject it.`,
      ],
      facts: [{ label: 'Amount', value: amount, strong: true }],
    });
  },

  claim_expired: (params) => {
    const client = wording.client(params.clientName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    return freelancerEmail({
      subject: phrase`No answer yet: was ${invoice.mid} paid?`,
      heading: phrase`The time to answer has passed`,
      paragraphs: [
        phrase`${client.start} told us that ${amount} was paid for ${invoice.mid}, and the 48 hours to confirm or reject it have passed.`,
        phrase`Reminders stay paused for 7 more days and then start again, unless you record the payment or pause them yourself.`,
      ],
      facts: [{ label: 'Amount', value: amount, strong: true }],
    });
  },

  email_bounced: (params) => {
    const client = wording.client(params.clientName);
    const invoice = wording.invoice(params.reference);
    return freelancerEmail({
      subject: phrase`Our e-mail about ${invoice.mid} could not be delivered`,
      heading: phrase`An e-mail came back`,
      paragraphs: [
        phrase`The e-mail to ${client.mid} about ${invoice.mid} came back as undeliverable. We send no more e-mails to that address.`,
        phrase`Please check the address with ${client.mid} and correct it in Recoup.`,
      ],
    });
  },

  message_unknown: (params) => {
    const client = wording.client(params.clientName);
    const invoice = wording.invoice(params.reference);
    const message = value(params.channel === 'sms' ? 'text message' : 'e-mail');
    return freelancerEmail({
      subject: phrase`We could not find out whether a message about ${invoice.mid} arrived`,
      heading: phrase`A message may not have arrived`,
      paragraphs: [
        phrase`We handed over a ${message} to ${client.mid} about ${invoice.mid}, and could not find out what became of it. We do not send it again by ourselves, so that nobody gets it twice.`,
        phrase`If it matters, please contact ${client.mid} yourself.`,
      ],
    });
  },

  agency_offer: (params) => {
    const client = wording.client(params.clientName);
    const invoice = wording.invoice(params.reference);
    const amount = wording.money(params.amount, params.currency);
    const due = wording.day(params.dueDate);
    return freelancerEmail({
      subject: phrase`${invoice.start} is long overdue: what next?`,
      heading: phrase`Our reminders have ended`,
      paragraphs: [
        phrase`${invoice.start} to ${client.mid} is still unpaid after our last reminder. We send no more reminders about it.`,
        phrase`You can hand it over to a collection agency. Nothing is handed over, and nobody is told, unless you ask for it in Recoup.`,
      ],
      facts: [
        { label: 'Outstanding', value: amount, strong: true },
        { label: 'Was due', value: due },
      ],
    });
  },

  invoice_disputed: (params) => {
    const client = wording.client(params.clientName);
    const invoice = wording.invoice(params.reference);
    return freelancerEmail({
      subject: phrase`${client.start} disputes ${invoice.mid}`,
      heading: phrase`An invoice is disputed`,
      paragraphs: [
        phrase`${client.start} says that something about ${invoice.mid} is not right. Reminders about it are paused until you close the dispute.`,
        phrase`What your client wrote is in Recoup. It is best to speak with them directly.`,
      ],
      facts: [{ label: 'Amount', value: wording.money(params.amount, params.currency), strong: true }],
    });
  },
} as const satisfies {
  [
    T in
      | 'claim_to_verify'
      | 'claim_reminder'
      | 'claim_expired'
      | 'email_bounced'
      | 'message_unknown'
      | 'agency_offer'
      | 'invoice_disputed'
  ]: EmailTemplate<ParamsOf<T>>;
};
