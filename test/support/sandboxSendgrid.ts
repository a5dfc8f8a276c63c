import { EventWebhook } from '@sendgrid/eventwebhook';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { type Sandbox } from '../../local/sandbox/startSandbox';
import { repositoryRoot } from '../../local/stack/repositoryRoot';
import { control } from './sandboxControl';
import { localSecret } from './sandboxSettings';

const fromFunctions = createRequire(join(repositoryRoot, 'functions/package.json'));

interface Client {
  setApiKey(key: string): void;
  setDefaultRequest(name: 'baseUrl', value: string): void;
}
interface Response {
  statusCode: number;
  headers: Record<string, string>;
}
export interface MailService {
  setClient(client: Client): void;
  send(mail: object): Promise<[Response, unknown]>;
}

/** The functions' own copy of the real client, pointed at the sandbox. */
export function mailService(
  sandbox: Pick<Sandbox, 'origin'>,
  key = localSecret('SENDGRID_API_KEY'),
): MailService {
  const { Client } = fromFunctions('@sendgrid/client') as { Client: new () => Client };
  const { MailService } = fromFunctions('@sendgrid/mail') as { MailService: new () => MailService };
  const client = new Client();
  // In this order: setApiKey puts the real host back.
  client.setApiKey(key);
  client.setDefaultRequest('baseUrl', `${sandbox.origin}/`);
  const service = new MailService();
  service.setClient(client);
  return service;
}

/** Whether SendGrid's own library takes a post for genuine. */
export function isSignedBySendgrid(
  post: { body: string; headers: Readonly<Record<string, unknown>> },
  publicKey: string,
): boolean {
  const webhook = new EventWebhook();
  return webhook.verifySignature(
    webhook.convertPublicKeyToECDSA(publicKey),
    post.body,
    String(post.headers['x-twilio-email-event-webhook-signature']),
    String(post.headers['x-twilio-email-event-webhook-timestamp']),
  );
}

export interface MailEvent extends Record<string, unknown> {
  readonly event: string;
  readonly sgEventId?: string;
  readonly timestamp?: number;
}

const sent = z.object({
  events: z.array(z.looseObject({ event: z.string(), email: z.string(), sg_event_id: z.string() })),
  deliveries: z.array(z.object({ status: z.number(), body: z.string() })),
});

/** Something happens to a mail: one signed batch. */
export async function sendMailEvents(
  sandbox: Pick<Sandbox, 'origin'>,
  wish: {
    messageId?: string;
    to?: string;
    events: MailEvent[];
    deliveries?: number;
    secretIndex?: number;
  },
): Promise<z.infer<typeof sent>> {
  return sent.parse(await control(sandbox, 'POST', 'sendgrid/events', wish));
}
