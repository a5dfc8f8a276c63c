import { seedReminder } from '../../support/seedReminder';
import { differs } from '../invariants/books';
import { JOB_POINTS, SEND_POINTS } from './points';
import { type Story } from './story';

const OVER = ['sent', 'unknown', 'failed'];

/** One message is taken up by its worker, twice; then by the dispatcher's next task as well. */
function sendBy(channel: 'sms' | 'email'): Story {
  const queue = channel === 'sms' ? 'sendSms' : 'sendEmail';
  return {
    name: `send ${channel}`,
    crashPoints: SEND_POINTS,
    provider: channel === 'sms' ? 'twilio' : 'sendgrid',
    begin: async (scene) => {
      const { item, freelancerId } = await seedReminder(scene, channel);
      const task = { do: 'task', queue, data: { outboxId: item.id } } as const;
      return {
        deeds: [task, task],
        check: (books) => {
          const { status } = books.at(item.path);
          const sent = books.timesSent().get(item.id) ?? 0;
          return [
            ...(OVER.includes(String(status)) ? [] : [`the message ended as ${String(status)}`]),
            ...(status === 'sent' ? differs('sends', sent, 1) : []),
            // Twilio's list says what was sent; a message that left is not given up there.
            ...(channel === 'sms' && sent === 1 ? differs('what was sent', status, 'sent') : []),
            ...differs(
              'the notice that nobody knows',
              books.has(`notifications/message_unknown_${item.id}`),
              status === 'unknown',
            ),
            ...differs(
              'the quota',
              (
                books.at(`usage/${freelancerId}_2026-11`)['counters'] as Record<string, unknown> | undefined
              )?.['chasedInvoices'],
              status === 'failed' ? 0 : 1,
            ),
          ];
        },
      };
    },
  };
}

export const sendSms = sendBy('sms');
export const sendEmail = sendBy('email');

/** The dispatcher takes what is due to its queue, with two runs. */
export const dispatch: Story = {
  name: 'dispatchOutbox',
  crashPoints: [...JOB_POINTS, ...SEND_POINTS],
  provider: 'sendgrid',
  begin: async (scene) => {
    const first = await seedReminder(scene, 'email');
    const second = await seedReminder(scene, 'sms');
    return {
      deeds: [
        { do: 'tick', job: 'dispatchOutbox' },
        { do: 'tick', job: 'dispatchOutbox' },
      ],
      check: (books) =>
        [first, second].flatMap(({ item }) =>
          OVER.includes(String(books.at(item.path)['status']))
            ? []
            : [`a message ended as ${String(books.at(item.path)['status'])}`],
        ),
    };
  },
};

/** A sender is gone since a while, and a STOP came that no webhook brought. */
export const reconcile: Story = {
  name: 'reconcileMessages',
  crashPoints: JOB_POINTS,
  provider: 'twilio',
  begin: async (scene) => {
    const gone = new Date(scene.now().getTime() - 600_000);
    const left = {
      status: 'sending',
      attempts: 1,
      attemptId: 'gone',
      claimedAt: gone,
      leaseUntil: gone,
      dueAt: null,
    };
    const { item } = await seedReminder(scene, 'sms', { fields: left });
    return {
      deeds: [
        { do: 'tick', job: 'reconcileMessages' },
        { do: 'tick', job: 'reconcileMessages' },
      ],
      check: (books) => [
        ...differs('the message', books.at(item.path)['status'], 'unknown'),
        ...differs('notices', books.has(`notifications/message_unknown_${item.id}`), true),
      ],
    };
  },
};
