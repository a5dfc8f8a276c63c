import { Gate } from '../gate';
import { parseFields } from '../parseFields';
import { type Provider, type SandboxAnswer, type SandboxRequest } from '../provider';
import { type RequestLog } from '../requestLog';
import { checkAccount } from './api/checkAccount';
import { createMessage } from './api/createMessage';
import { listMessages } from './api/listMessages';
import { listNumbers } from './api/listNumbers';
import { buildMessage } from './buildMessage';
import { QUIET_CARRIER } from './carrier/carrierPlan';
import { playCarrier } from './carrier/playCarrier';
import { routeControl } from './control/routeControl';
import { type Message } from './message';
import { MessageStore } from './messageStore';
import { stockNumber } from './ourNumber';
import { TwilioApiError } from './twilioApiError';
import { type TwilioContext } from './twilioContext';

type TwilioSandboxOptions = Omit<TwilioContext, 'store' | 'carrier' | 'number'> & { requests: RequestLog };

const NUMBERS = /^\/2010-04-01\/Accounts\/(\w+)\/IncomingPhoneNumbers\.json$/;
const MESSAGES = /^\/2010-04-01\/Accounts\/(\w+)\/Messages(?:\/(\w+))?\.json$/;

/** Twilio's Messages resource, with the carriers and the people behind it. */
export class TwilioSandbox implements Provider {
  readonly name = 'twilio';
  private readonly context: TwilioContext;
  private readonly requests: RequestLog;

  constructor({ requests, ...rest }: TwilioSandboxOptions) {
    this.requests = requests;
    this.context = { ...rest, store: new MessageStore(), carrier: QUIET_CARRIER, number: stockNumber() };
  }

  owns(path: string): boolean {
    return path.startsWith('/2010-04-01/');
  }

  parseBody(request: SandboxRequest): Record<string, unknown> {
    return parseFields(new URLSearchParams(request.rawBody.toString('utf8')));
  }

  async call(request: SandboxRequest, beforeExecution: () => Promise<void>): Promise<SandboxAnswer> {
    try {
      const owner = NUMBERS.exec(request.path)?.[1];
      if (owner !== undefined) return await this.numbers(request, owner, beforeExecution);
      const [, accountSid, sid] = MESSAGES.exec(request.path) ?? [];
      if (accountSid === undefined) throw new TwilioApiError(20404, request.path);
      checkAccount(request, accountSid);
      await beforeExecution();
      if (request.method === 'POST' && sid === undefined) return this.create(request, accountSid);
      if (request.method !== 'GET') throw new TwilioApiError(20004);
      const body = sid === undefined ? this.list(request, accountSid) : this.fetch(request, accountSid, sid);
      this.log(request);
      return { status: 200, body };
    } catch (error) {
      if (error instanceof TwilioApiError) return error.answer();
      throw error;
    }
  }

  refuse(status: number, code?: string): SandboxAnswer {
    const usual = status === 429 ? 20429 : status === 503 ? 20503 : 20500;
    return new TwilioApiError(/^\d{5}$/.test(code ?? '') ? Number(code) : usual, '', status).answer();
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
    this.context.number = stockNumber();
  }

  private async numbers(
    request: SandboxRequest,
    accountSid: string,
    beforeExecution: () => Promise<void>,
  ): Promise<SandboxAnswer> {
    checkAccount(request, accountSid);
    if (request.method !== 'GET') throw new TwilioApiError(20004);
    await beforeExecution();
    const body = listNumbers(this.context.number, accountSid, parseFields(request.query)['PhoneNumber']);
    this.log(request);
    return { status: 200, body };
  }

  private create(request: SandboxRequest, accountSid: string): SandboxAnswer {
    const message = createMessage(this.context, this.parseBody(request));
    this.log(request, { sid: message.sid });
    const answer = { status: 201, body: buildMessage(message, accountSid) };
    const afterwards = this.handToCarrier(message);
    return afterwards === undefined ? answer : { ...answer, afterwards };
  }

  /** @returns what lets the carrier begin; undefined when there is none that acts by itself */
  private handToCarrier(message: Message): (() => void) | undefined {
    const plan = this.context.carrier;
    if (plan.callbacks === 'manual') return undefined;
    const answered = new Gate();
    this.context.background.run(async (signal) => {
      await answered.opened;
      await playCarrier(this.context, message, plan, signal);
    });
    return () => answered.open();
  }

  private list(request: SandboxRequest, accountSid: string): Record<string, unknown> {
    return listMessages(this.context, accountSid, parseFields(request.query));
  }

  private fetch(request: SandboxRequest, accountSid: string, sid: string): Record<string, unknown> {
    const message = this.context.store.get(sid);
    if (message === undefined) throw new TwilioApiError(20404, request.path);
    return buildMessage(message, accountSid);
  }

  private log(request: SandboxRequest, answer?: { sid: string }): void {
    this.requests.add({
      provider: 'twilio',
      method: request.method,
      path: request.path,
      query: parseFields(request.query),
      account: null,
      idempotencyKey: null,
      apiVersion: '2010-04-01',
      body: request.method === 'GET' ? {} : this.parseBody(request),
      ...(answer === undefined ? {} : { answer }),
      at: this.context.now().toISOString(),
    });
  }
}
