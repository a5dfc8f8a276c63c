import twilio from 'twilio';
import { z } from 'zod';
import { type Sandbox } from '../../local/sandbox/startSandbox';
import { control } from './sandboxControl';
import { localSecret, localSetting } from './sandboxSettings';

/** The real client, pointed at the sandbox. */
export function twilioClient(
  sandbox: Pick<Sandbox, 'origin'>,
  token = localSecret('TWILIO_AUTH_TOKEN'),
): ReturnType<typeof twilio> {
  const client = twilio(localSetting('TWILIO_ACCOUNT_SID'), token);
  client.api.baseUrl = sandbox.origin;
  return client;
}

const deliveries = z.array(z.object({ status: z.number(), body: z.string() }));

export interface InboundWish {
  readonly from: string;
  readonly to?: string;
  readonly body: string;
  readonly optOutType?: 'STOP' | 'START' | 'HELP';
  readonly deliveries?: number;
  readonly lose?: boolean;
  readonly secretIndex?: number;
  readonly sid?: string;
}

/** Somebody writes to our number. */
export async function receiveSms(
  sandbox: Pick<Sandbox, 'origin'>,
  wish: InboundWish,
): Promise<{ sid: string; deliveries: { status: number; body: string }[] }> {
  const answer = await control(sandbox, 'POST', 'twilio/inbound', wish);
  return z.object({ sid: z.string(), deliveries }).parse(answer);
}

/** The carrier reports what became of a message of ours. */
export async function reportSmsStatus(
  sandbox: Pick<Sandbox, 'origin'>,
  sid: string,
  wish: { status: string; errorCode?: number; deliveries?: number; secretIndex?: number },
): Promise<{ status: number; body: string }[]> {
  const answer = await control(sandbox, 'POST', `twilio/messages/${sid}/status`, wish);
  return z.object({ deliveries }).parse(answer).deliveries;
}
