import { type Twilio } from 'twilio';
import * as z from 'zod';
import { timeLimit } from '../../platform/timeLimit';
import { outcomeWithoutAnswer } from '../outcomeWithoutAnswer';
import { ANSWER_LIMIT_MS } from '../sendLimit';
import { type SendOutcome } from '../../domain/messages/sendOutcome';

/** One text message, ready to go. */
export interface SmsToSend {
  /** E.164. */
  readonly to: string;
  readonly body: string;
  /** Seconds after which the carriers must not deliver it any more. */
  readonly validitySeconds: number;
  /** Where the status callbacks go; carries our outbox id, for they may come before Twilio's answer does. */
  readonly statusCallback: string;
}

/** A message as Twilio lists it. */
export interface ListedSms {
  readonly messageId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly status: string;
  readonly errorCode: number | null;
  readonly at: Date;
}

/** An answer is known by its status; what stands in its body may be a proxy's page. */
const errorSchema = z.looseObject({ status: z.int(), code: z.int().nullish().catch(null) });
const sentSchema = z.looseObject({ sid: z.string().min(1) });

/** Recipient has said STOP to this sender, at Twilio's or at the carrier's. */
const OPTED_OUT = 21610;
/** Not a number, or not one that takes text messages. */
const UNREACHABLE = new Set([21211, 21614]);

/** Twilio, as far as we need it. */
export class SmsGateway {
  constructor(
    private readonly client: () => Promise<Twilio>,
    private readonly from: string,
  ) {}

  /** Asks Twilio to send, once. Never throws: what is not known is `unknown`. */
  async send(message: SmsToSend): Promise<SendOutcome> {
    let client: Twilio;
    try {
      client = await this.client();
    } catch {
      return { kind: 'retryable', code: 'no_client' };
    }
    try {
      const answer = await timeLimit(
        ANSWER_LIMIT_MS,
        client.messages.create({
          to: message.to,
          from: this.from,
          body: message.body,
          validityPeriod: message.validitySeconds,
          statusCallback: message.statusCallback,
        }),
      );
      // An answer that can not be read is no answer.
      const sent = sentSchema.safeParse(answer);
      return sent.success
        ? { kind: 'accepted', messageId: sent.data.sid }
        : { kind: 'unknown', code: 'no_message_id' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  /** Messages that we sent to a number in a window of time. */
  listSent(to: string, after: Date, before: Date): Promise<ListedSms[]> {
    return this.list({ to, from: this.from, dateSentAfter: after, dateSentBefore: before });
  }

  /** Messages that came to our number since an instant, by pages: there may be many. */
  async *listReceived(after: Date): AsyncGenerator<ListedSms> {
    const client = await this.client();
    const filter = { to: this.from, dateSentAfter: after, pageSize: 200 };
    let next: string | undefined;
    do {
      const page = await (next === undefined ? client.messages.page(filter) : client.messages.getPage(next));
      for (const one of page.instances) if (one.direction === 'inbound') yield listed(one);
      next = page.nextPageUrl;
    } while (next !== undefined);
  }

  private async list(filter: {
    to: string;
    from: string;
    dateSentAfter: Date;
    dateSentBefore: Date;
  }): Promise<ListedSms[]> {
    const client = await this.client();
    return (await client.messages.list({ ...filter, limit: 200 })).map(listed);
  }
}

type Instance = Awaited<ReturnType<Twilio['messages']['list']>>[number];

function listed(one: Instance): ListedSms {
  return {
    messageId: one.sid,
    direction: one.direction === 'inbound' ? 'inbound' : 'outbound',
    from: one.from,
    to: one.to,
    body: one.body,
    status: one.status,
    errorCode: one.errorCode,
    at: one.dateCreated,
  };
}

function outcomeOf(thrown: unknown): SendOutcome {
  const parsed = errorSchema.safeParse(thrown);
  if (!parsed.success) return outcomeWithoutAnswer(thrown);
  const { status, code } = parsed.data;
  const name = String(code ?? status);
  if (status === 429) return { kind: 'retryable', code: name };
  if (status < 400 || status >= 500 || status === 408) return { kind: 'unknown', code: name };
  if (code === OPTED_OUT) return { kind: 'refused', code: name, address: 'opted_out' };
  return { kind: 'refused', code: name, address: UNREACHABLE.has(code ?? 0) ? 'unreachable' : null };
}
