import { type Mail, type Recipient } from '../mail';
import { newMessageId, sgMessageIdOf, smtpIdOf } from '../newIds';
import { type SendgridContext } from '../sendgridContext';
import { type MailRequest } from './mailShape';

/** Takes a mail in: one recipient for each address of each personalization. */
export function acceptMail(context: SendgridContext, request: MailRequest): Mail {
  const messageId = newMessageId();
  const addressed = request.personalizations.flatMap((one) =>
    [...one.to, ...(one.cc ?? []), ...(one.bcc ?? [])].map(({ email }) => ({
      email,
      customArgs: { ...request.custom_args, ...one.custom_args },
    })),
  );
  const recipients = addressed.map(({ email, customArgs }, place): Recipient => ({
    email,
    customArgs,
    sgMessageId: sgMessageIdOf(messageId, place),
    smtpId: smtpIdOf(messageId, place),
    status: context.store.suppressionOf(email) === undefined ? 'accepted' : 'dropped',
  }));
  const mail: Mail = {
    messageId,
    from: request.from.email,
    subject: request.subject ?? request.personalizations[0]?.subject ?? '',
    categories: request.categories ?? [],
    acceptedAt: context.now(),
    recipients,
  };
  context.store.add(mail);
  return mail;
}
