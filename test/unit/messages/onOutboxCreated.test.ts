import { handleOutboxCreated } from '../../../functions/src/tasks/onOutboxCreated';

type Event = Parameters<typeof handleOutboxCreated>[0];

/** The event of a new row. Nothing else of it is looked at. */
function created(row: object | undefined): Event {
  const data = row === undefined ? undefined : { data: () => row };
  return { data, params: { outboxId: 'message-1' } } as unknown as Event;
}

describe('the trigger of the outbox', () => {
  it.each([
    ['a row that is to wait', { channel: 'sms', notBefore: new Date(0) }],
    ['what does not look like a message', { channel: 'pigeon' }],
    ['an event without its row', undefined],
  ])('leaves %s to the dispatcher: no queue is asked', async (_, row) => {
    // With a queue to ask it would need the environment of a deployed function, and throw.
    await expect(handleOutboxCreated(created(row))).resolves.toBeUndefined();
  });

  it('asks a queue for a row that is to go now', async () => {
    // There is none here: it fails for want of the environment of a deployed function, and the platform tries again.
    await expect(handleOutboxCreated(created({ channel: 'sms', notBefore: null }))).rejects.toThrow();
  });
});
