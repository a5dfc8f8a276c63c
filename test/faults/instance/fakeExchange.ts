import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { type WebhookRequest } from './webhookRequest';

/** A request and a response without a connection, as far as our handlers use them. */
export interface FakeExchange {
  readonly request: Request;
  readonly response: Response;
  /** What was answered; null as long as nothing was. */
  readonly status: () => number | null;
}

export function fakeExchange({ url, headers, body }: WebhookRequest): FakeExchange {
  const request = {
    method: 'POST',
    originalUrl: url,
    query: Object.fromEntries(new URL(url, 'http://x').searchParams),
    rawBody: Buffer.from(body),
    get: (name: string) => headers[name],
    is: (type: string) => (headers['content-type']?.startsWith(type) === true ? type : false),
  };
  let status = 200;
  let answered = false;
  const answer = (): void => {
    answered = true;
  };
  const response = {
    status: (code: number) => {
      status = code;
      return response;
    },
    set: () => response,
    type: () => response,
    json: answer,
    send: answer,
    end: answer,
  };
  return {
    request: request as unknown as Request,
    response: response as unknown as Response,
    status: () => (answered ? status : null),
  };
}
