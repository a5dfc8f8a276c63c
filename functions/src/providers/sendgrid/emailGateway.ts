import { type MailService } from '@sendgrid/mail';
import * as z from 'zod';
import { timeLimit } from '../../platform/timeLimit';
import { outcomeWithoutAnswer } from '../outcomeWithoutAnswer';
import { ANSWER_LIMIT_MS } from '../sendLimit';
import { type SendOutcome } from '../../domain/messages/sendOutcome';

/** One e-mail, ready to go. */
export interface EmailToSend {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Comes back with every event of the message, which may be before SendGrid's answer. */
  readonly outboxId: string;
}

export interface EmailSender {
  readonly email: string;
  readonly name: string;
}

const responseSchema = z.object({ headers: z.looseObject({ 'x-message-id': z.string().min(1) }) });
const errorSchema = z.looseObject({ code: z.int(), response: z.looseObject({}) });

/** SendGrid, as far as we need it. */
export class EmailGateway {
  constructor(
    private readonly service: () => Promise<MailService>,
    private readonly from: EmailSender,
  ) {}

  /** Asks SendGrid to send, once. Never throws: what is not known is `unknown`. */
  async send(message: EmailToSend): Promise<SendOutcome> {
    let service: MailService;
    try {
      service = await this.service();
    } catch {
      return { kind: 'retryable', code: 'no_client' };
    }
    try {
      const sending = service.send({
        to: message.to,
        from: this.from,
        subject: message.subject,
        content: [
          { type: 'text/plain', value: message.text },
          { type: 'text/html', value: message.html },
        ],
        headers: { ...message.headers },
        customArgs: { outboxId: message.outboxId },
        // Links stay ours: no detour over somebody else's host, and nothing is learnt about who opens what.
        trackingSettings: { clickTracking: { enable: false }, openTracking: { enable: false } },
      });
      const [response] = await timeLimit(ANSWER_LIMIT_MS, sending);
      const parsed = responseSchema.safeParse(response);
      return parsed.success
        ? { kind: 'accepted', messageId: parsed.data.headers['x-message-id'] }
        : { kind: 'unknown', code: 'no_message_id' };
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

function outcomeOf(thrown: unknown): SendOutcome {
  const parsed = errorSchema.safeParse(thrown);
  if (!parsed.success) return outcomeWithoutAnswer(thrown);
  const status = parsed.data.code;
  const code = `http_${status}`;
  if (status === 429) return { kind: 'retryable', code };
  if (status < 400 || status >= 500 || status === 408) return { kind: 'unknown', code };
  return { kind: 'refused', code, address: null };
}
