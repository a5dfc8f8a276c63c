import { Gate } from '../gate';
import { type Provider, type SandboxAnswer, type SandboxRequest } from '../provider';
import { type RequestLog } from '../requestLog';
import { settingList } from '../settings';
import { acceptMail } from './api/acceptMail';
import { parseMail } from './api/parseMail';
import { QUIET_CARRIER } from './carrier/carrierPlan';
import { playCarrier } from './carrier/playCarrier';
import { routeControl } from './control/routeControl';
import { stockEventWebhook } from './eventWebhook';
import { type Mail } from './mail';
import { MailStore } from './mailStore';
import { SendgridApiError } from './sendgridApiError';
import { type SendgridContext } from './sendgridContext';

type SendgridSandboxOptions = Omit<SendgridContext, 'store' | 'carrier' | 'webhooks'> & {
  requests: RequestLog;
};

const USUAL: Record<number, string> = {
  429: 'too many requests',
  500: 'internal server error',
  503: 'service unavailable',
};

/** SendGrid's mail send, with the mail servers and the people behind it. */
export class SendgridSandbox implements Provider {
  readonly name = 'sendgrid';
  private readonly context: SendgridContext;
  private readonly requests: RequestLog;

  constructor({ requests, ...rest }: SendgridSandboxOptions) {
    this.requests = requests;
    this.context = {
      ...rest,
      store: new MailStore(),
      carrier: QUIET_CARRIER,
      webhooks: [stockEventWebhook()],
    };
  }

  owns(path: string): boolean {
    return path.startsWith('/v3/');
  }

  parseBody(request: SandboxRequest): unknown {
    const text = request.rawBody.toString('utf8');
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  async call(request: SandboxRequest, beforeExecution: () => Promise<void>): Promise<SandboxAnswer> {
    try {
      checkApiKey(request);
      if (request.path === '/v3/user/webhooks/event/settings/all') {
        if (request.method !== 'GET') throw complaint(405, 'method not allowed');
        await beforeExecution();
        return { status: 200, body: { max_allowed: 5, webhooks: this.context.webhooks } };
      }
      if (request.path !== '/v3/mail/send') throw complaint(404, 'not found');
      if (request.method !== 'POST') throw complaint(405, 'method not allowed');
      await beforeExecution();
      const body = this.parseBody(request);
      const wish = parseMail(body);
      // A rehearsal: checked and answered, never sent.
      if (wish.mail_settings?.sandbox_mode?.enable === true) return { status: 200, body: undefined };
      const mail = acceptMail(this.context, wish);
      this.log(request, body, mail.messageId);
      const answer = { status: 202, headers: { 'x-message-id': mail.messageId }, body: undefined };
      const afterwards = this.handToCarrier(mail);
      return afterwards === undefined ? answer : { ...answer, afterwards };
    } catch (error) {
      if (error instanceof SendgridApiError) return error.answer();
      throw error;
    }
  }

  refuse(status: number, code?: string): SandboxAnswer {
    return complaint(status, code ?? USUAL[status] ?? 'an error, as was asked for').answer();
  }

  control(
    method: string,
    path: string[],
    _query: URLSearchParams,
    body: unknown,
  ): Promise<SandboxAnswer | undefined> {
    return routeControl(this.context, method, path, body);
  }

  reset(): void {
    this.context.store.clear();
    this.context.carrier = QUIET_CARRIER;
    this.context.webhooks = [stockEventWebhook()];
  }

  /** @returns what lets the carrier begin; undefined when there is none that acts by itself */
  private handToCarrier(mail: Mail): (() => void) | undefined {
    const plan = this.context.carrier;
    if (plan.callbacks === 'manual') return undefined;
    const answered = new Gate();
    this.context.background.run(async (signal) => {
      await answered.opened;
      await playCarrier(this.context, mail, plan, signal);
    });
    return () => answered.open();
  }

  private log(request: SandboxRequest, body: unknown, messageId: string): void {
    this.requests.add({
      provider: 'sendgrid',
      method: request.method,
      path: request.path,
      query: Object.fromEntries(request.query),
      account: null,
      idempotencyKey: null,
      apiVersion: 'v3',
      body,
      answer: { messageId },
      at: this.context.now().toISOString(),
    });
  }
}

function checkApiKey(request: SandboxRequest): void {
  const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (key !== undefined && settingList('SENDGRID_API_KEY').includes(key)) return;
  throw complaint(401, 'The provided authorization grant is invalid, expired, or revoked');
}

function complaint(status: number, message: string): SendgridApiError {
  return new SendgridApiError(status, [{ message, field: null }]);
}
