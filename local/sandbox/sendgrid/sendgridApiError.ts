import { type SandboxAnswer } from '../provider';

export interface Complaint {
  message: string;
  /** As in personalizations.0.to; null where no field is at fault. */
  field: string | null;
}

const HELP = 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html';

/** A refusal as SendGrid's API answers it: every complaint at once. */
export class SendgridApiError extends Error {
  constructor(
    readonly status: number,
    private readonly complaints: Complaint[],
  ) {
    super(complaints.map(({ message }) => message).join(' '));
    this.name = 'SendgridApiError';
  }

  answer(): SandboxAnswer {
    const errors = this.complaints.map(({ message, field }) => ({
      message,
      field,
      help: field === null ? null : `${HELP}#message.${field.replace(/\.\d+/g, '')}`,
    }));
    return { status: this.status, body: { errors } };
  }
}
