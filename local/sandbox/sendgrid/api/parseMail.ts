import type { z } from 'zod';
import { setting } from '../../settings';
import { SendgridApiError, type Complaint } from '../sendgridApiError';
import { mailShape, type MailRequest } from './mailShape';

const CUSTOM_ARGS_BYTES = 10_000;

/**
 * Checks the body of a mail request.
 * @throws SendgridApiError 400 with every complaint; 403 for a sender whose domain is not ours.
 */
export function parseMail(body: unknown): MailRequest {
  const parsed = mailShape.safeParse(body);
  if (!parsed.success) throw new SendgridApiError(400, parsed.error.issues.flatMap(complaintsOf));
  const complaints = [...contentComplaints(parsed.data), ...recipientComplaints(parsed.data)];
  if (complaints.length > 0) throw new SendgridApiError(400, complaints);
  checkSender(parsed.data.from.email);
  return parsed.data;
}

function complaintsOf(issue: z.core.$ZodIssue): Complaint[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      message: `Additional property ${name} is not allowed`,
      field: [...issue.path, name].join('.'),
    }));
  }
  const vague = issue.message === 'Bad Request';
  return [{ message: issue.message, field: vague ? null : issue.path.join('.') }];
}

function contentComplaints(mail: MailRequest): Complaint[] {
  const complaints: Complaint[] = [];
  const subjects = mail.personalizations.every(({ subject }) => subject !== undefined);
  if (mail.subject === undefined && !subjects && mail.template_id === undefined) {
    complaints.push({
      message:
        'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
      field: 'subject',
    });
  }
  const types = (mail.content ?? []).map(({ type }) => type);
  if (types.length === 0 && mail.template_id === undefined) {
    complaints.push({
      message:
        'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.',
      field: 'content',
    });
  }
  const usual = ['text/plain', 'text/html'].filter((type) => types.includes(type));
  if (usual.some((type, place) => types[place] !== type)) {
    complaints.push({
      message: 'If present, text/plain and text/html must be first in the content, in this order.',
      field: 'content',
    });
  }
  return complaints;
}

function recipientComplaints(mail: MailRequest): Complaint[] {
  return mail.personalizations.flatMap((one, place) => {
    const complaints: Complaint[] = [];
    const emails = [...one.to, ...(one.cc ?? []), ...(one.bcc ?? [])].map(({ email }) => email.toLowerCase());
    if (new Set(emails).size < emails.length) {
      complaints.push({
        message: 'Each email address in the personalization block should be unique between to, cc, and bcc.',
        field: `personalizations.${place}`,
      });
    }
    const args = JSON.stringify({ ...mail.custom_args, ...one.custom_args });
    if (Buffer.byteLength(args) > CUSTOM_ARGS_BYTES) {
      complaints.push({
        message: `The custom_args may not be longer than ${CUSTOM_ARGS_BYTES} bytes.`,
        field: `personalizations.${place}.custom_args`,
      });
    }
    return complaints;
  });
}

/** Authenticated is the domain of EMAIL_FROM, any name in it may send. */
function checkSender(email: string): void {
  const domain = (whole: string): string => whole.slice(whole.lastIndexOf('@')).toLowerCase();
  if (domain(email) === domain(setting('EMAIL_FROM'))) return;
  throw new SendgridApiError(403, [
    {
      message:
        'The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.',
      field: 'from',
    },
  ]);
}
