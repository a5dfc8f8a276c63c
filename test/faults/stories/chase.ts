import { dunningItemId } from '../../../functions/src/domain/messages/dunningItemId';
import { seedChase } from '../../support/seedChase';
import { differs } from '../invariants/books';
import { type Scene } from '../run/scene';
import { around, JOB_POINTS } from './points';
import { type Story } from './story';

const DAY_MS = 86_400_000;

/** Invoices that were due some days ago, and whose chase has not begun. */
async function seedDue(scene: Scene, count: number) {
  const due = [];
  for (let n = 0; n < count; n += 1) {
    due.push(
      await seedChase(scene.db, {
        invoice: {
          dueDate: '2026-11-18',
          status: 'overdue',
          escalationLevel: 'pending',
          nextActionAt: scene.now(),
        },
        chase: { currentLevel: 'pending', sentLevels: [], lastEscalatedAt: null },
      }),
    );
  }
  return due;
}

/** Two invoices are chased for three weeks. */
export const chase: Story = {
  name: 'processEscalations',
  crashPoints: [...JOB_POINTS, ...around('escalate')],
  provider: 'sendgrid',
  begin: async (scene) => {
    const due = await seedDue(scene, 2);
    return {
      deeds: [
        { do: 'tick', job: 'processEscalations' },
        { do: 'tick', job: 'processEscalations' },
      ],
      chaseUntil: new Date(scene.now().getTime() + 21 * DAY_MS),
      check: (books) =>
        due.flatMap(({ invoiceId }) => {
          const { sentLevels } = books.at(`escalation_states/${invoiceId}`) as { sentLevels?: string[] };
          const rows = books
            .in('escalation_timeline')
            .filter(([, row]) => row['invoiceId'] === invoiceId && row['eventType'] === 'escalated')
            .map(([, row]) => String(row['level']))
            .sort();
          return [
            ...differs('levels', sentLevels, ['gentle', 'firm']),
            ...differs('the time line', rows, ['firm', 'gentle']),
            ...differs(
              'first reminder',
              books.has(`outbox/${dunningItemId(invoiceId, 'gentle', 'email')}`),
              true,
            ),
            ...differs(
              'second reminder',
              books.has(`outbox/${dunningItemId(invoiceId, 'firm', 'email')}`),
              true,
            ),
          ];
        }),
    };
  },
};

/** A page of a long run, as the queue brings it, and as it tries it again. */
export const page: Story = {
  name: 'escalatePage',
  crashPoints: around('escalate'),
  provider: null,
  begin: async (scene) => {
    const due = await seedDue(scene, 3);
    const runId = 'process-escalations_2026-01-01T00:00:00Z';
    const data = { runId, token: '1', page: '1', after: '', now: scene.now().toISOString() };
    const task = { do: 'task', queue: 'escalatePage', data } as const;
    return {
      deeds: [task, { ...task, retries: 1 }],
      check: (books) => [
        ...differs('the page counts', books.at(`cron_runs/${runId}/pages/1`)['counts'], {
          escalated: due.length,
        }),
        ...due.flatMap(({ invoiceId }) =>
          differs('levels', books.at(`escalation_states/${invoiceId}`)['sentLevels'], ['gentle']),
        ),
      ],
    };
  },
};
