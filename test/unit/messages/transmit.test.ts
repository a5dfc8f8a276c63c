import { type Config } from '../../../functions/src/platform/config';
import { createTwilioClient } from '../../../functions/src/providers/twilio/createTwilioClient';
import { SmsGateway } from '../../../functions/src/providers/twilio/smsGateway';
import { EmailGateway } from '../../../functions/src/providers/sendgrid/emailGateway';
import { createMailService } from '../../../functions/src/providers/sendgrid/createMailService';
import { transmit } from '../../../functions/src/usecases/messages/transmit';
import { type RawProvider, startRawProvider } from '../../support/rawProvider';

const CLAIMED = new Date('2026-11-24T17:59:20Z');

describe('a claimed message', () => {
  let provider: RawProvider;
  beforeEach(async () => {
    provider = await startRawProvider((_request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end('{"sid":"SM1"}');
    });
  });
  afterEach(() => provider.stop());

  const sendAfter = (ms: number) =>
    transmit(
      {
        clock: { now: () => new Date(CLAIMED.getTime() + ms) },
        // All that a text message takes of the configuration.
        config: { publicBaseUrl: 'https://app.recoup.example' } as Config,
        sms: new SmsGateway(
          () => Promise.resolve(createTwilioClient(`AC${'0'.repeat(32)}`, 'token', provider.origin)),
          '+447700900999',
        ),
        email: new EmailGateway(() => Promise.resolve(createMailService('SG.key', provider.origin)), {
          email: 'reminders@recoup.example',
          name: 'Recoup',
        }),
      },
      {
        ref: { id: 'item-1' },
        claimedAt: CLAIMED,
        validitySeconds: 30,
        message: { channel: 'sms', to: '+447700900001', body: 'Pay', contentHash: 'x' },
      },
    );

  it.each([0, 1_000, 4_000])('is sent %i ms after its claim', async (ms) => {
    expect(await sendAfter(ms)).toEqual({ kind: 'accepted', messageId: 'SM1' });
  });

  it.each([4_001, 60_000, 12 * 3_600_000])(
    'is let go %i ms after its claim: its process slept, and its validity would reach past closing',
    async (ms) => {
      expect(await sendAfter(ms)).toEqual({ kind: 'retryable', code: 'claim_too_old' });
      expect(provider.seen).toEqual([]);
    },
  );
});
