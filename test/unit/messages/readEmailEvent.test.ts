import { readEmailEvent } from '../../../functions/src/domain/messages/readEmailEvent';

const read = (event: string, more: object = {}) =>
  readEmailEvent({ event, email: 'debtor@client.example', sg_message_id: 'abc-1.filter.0', ...more });

describe("SendGrid's word for an e-mail", () => {
  it.each(['open', 'click', 'group_resubscribe', 'a_new_word', ''])('%j says nothing', (event) => {
    expect(read(event)).toEqual({ report: null, suppress: null, addressBroken: false, alert: false });
  });

  it('names the message by what stands before the first full stop', () => {
    expect(read('delivered').report).toEqual({ kind: 'delivered', messageId: 'abc-1' });
    expect(read('delivered', { sg_message_id: undefined }).report).toHaveProperty('messageId', null);
    expect(read('delivered', { sg_message_id: '.x' }).report).toHaveProperty('messageId', null);
  });

  it.each([
    ['processed', {}, 'sent', null, false, false],
    ['deferred', {}, 'sent', null, false, false],
    ['delivered', {}, 'delivered', null, false, false],
    ['bounce', { type: 'bounce' }, 'bounced', 'bounce', true, false],
    ['bounce', {}, 'bounced', 'bounce', true, false],
    ['bounce', { type: 'blocked' }, 'failed', null, false, true],
    ['spamreport', {}, 'complained', 'complaint', false, false],
    ['unsubscribe', {}, undefined, 'unsubscribe', false, false],
    ['group_unsubscribe', {}, undefined, 'unsubscribe', false, false],
    ['dropped', { reason: 'Bounced Address' }, 'failed', 'bounce', true, false],
    ['dropped', { reason: 'Unsubscribed Address' }, 'failed', 'unsubscribe', false, false],
    ['dropped', { reason: 'Spam Reporting Address' }, 'failed', 'complaint', false, false],
    ['dropped', { reason: 'Invalid' }, 'failed', 'bounce', true, false],
    ['dropped', { reason: 'Invalid SMTPAPI header' }, 'failed', null, false, true],
    ['dropped', { reason: 'Spam Content' }, 'failed', null, false, true],
    ['dropped', {}, 'failed', null, false, true],
  ])('%s %j: %s, suppressed as %s, broken %s, alert %s', (event, more, kind, suppress, broken, alert) => {
    const meaning = read(event, more);
    expect([meaning.report?.kind, meaning.suppress, meaning.addressBroken, meaning.alert]).toEqual([
      kind,
      suppress,
      broken,
      alert,
    ]);
  });
});
