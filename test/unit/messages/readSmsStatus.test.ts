import { readSmsStatus } from '../../../functions/src/domain/messages/readSmsStatus';

const read = (messageStatus: string, errorCode: string | null = null) =>
  readSmsStatus({ messageSid: 'SM1', messageStatus, errorCode, to: '+447700900123', outboxId: 'msg_1' });

describe("Twilio's word for a message", () => {
  it.each(['accepted', 'scheduled', 'queued', 'sending', 'receiving', 'canceled', 'a_new_word', ''])(
    '%j says nothing that moves it',
    (status) => {
      expect(read(status)).toEqual({ report: null, number: null });
    },
  );

  it.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
  ])('%s is %s', (status, kind) => {
    expect(read(status)).toEqual({ report: { kind, messageId: 'SM1' }, number: null });
  });

  it.each([
    ['30036', 'expired', null],
    ['21610', 'failed', 'opted_out'],
    ['21211', 'failed', 'unreachable'],
    ['21614', 'failed', 'unreachable'],
    ['30005', 'failed', 'unreachable'],
    ['30006', 'failed', 'unreachable'],
    ['30003', 'failed', null],
    ['30007', 'failed', null],
    [null, 'failed', null],
  ])('undelivered and failed with %s: %s, number %s', (code, kind, number) => {
    for (const status of ['undelivered', 'failed']) {
      const meaning = read(status, code);
      expect([meaning.report?.kind, meaning.number]).toEqual([kind, number]);
      if (kind === 'failed') expect(meaning.report).toHaveProperty('code', code ?? status);
    }
  });
});
