import { join } from 'node:path';
import { readIndexFile } from './indexFile';

const file = readIndexFile(join(__dirname, '../../firestore.indexes.json'));

/** Collections whose rows expire, and which the hourly purge asks for what has expired: `expiresAt <=`. */
const EXPIRING = [
  'checkout_expiries',
  'cron_runs',
  'failed_webhooks',
  'outbox',
  'pages',
  'processed_events',
  'sms_replies',
];

/**
 * Fields that nobody filters or sorts by and that cost: payloads and free texts (an indexed value ends at 1,500 bytes),
 * maps and lists (an index entry for each key or element, 40,000 in a document), and fields of the rows that are written
 * with every event. `processed_events.processedAt` rises with time: indexed, it would hold the collection to 500 writes/s.
 */
const EXEMPT: Readonly<Record<string, readonly string[]>> = {
  clients: ['contactPermissions'],
  cron_runs: ['counts', 'cursor', 'error'],
  escalation_states: ['courtesySent', 'pendingOutbox', 'sentLevels'],
  escalation_timeline: ['message', 'skipped'],
  failed_webhooks: ['lastError'],
  invoices: ['checkout', 'escalationError', 'items', 'lastPaymentError', 'payments'],
  notifications: ['message', 'title'],
  outbox: ['history'],
  pages: ['counts'],
  private: ['bytes', 'chunks', 'params', 'to'],
  processed_events: ['attemptId', 'eventId', 'eventType', 'metadata', 'outcome', 'processedAt', 'source'],
  recurring_invoices: ['items'],
  sms_replies: ['messageBody'],
  transactions: ['disputes'],
  usage: ['summary'],
  users: ['collectionsConsent', 'notifications'],
};

describe('the field overrides of firestore.indexes.json', () => {
  it('let rows expire in these collections and no other', () => {
    const expiring = file.fieldOverrides.filter(({ ttl }) => ttl !== undefined);
    expect(expiring.map(({ collectionGroup }) => collectionGroup).sort()).toEqual(EXPIRING);
  });

  it('index what expires in one direction, for the purge', () => {
    for (const { collectionGroup, fieldPath, ttl, indexes } of file.fieldOverrides) {
      if (ttl === undefined) continue;
      expect({ collectionGroup, fieldPath, ttl, indexes }).toEqual({
        collectionGroup,
        fieldPath: 'expiresAt',
        ttl: true,
        indexes: [{ order: 'ASCENDING', queryScope: 'COLLECTION' }],
      });
    }
  });

  it('exempt the payloads and what costs without use, and nothing else', () => {
    const exempt: Record<string, string[]> = {};
    for (const { collectionGroup, fieldPath, indexes } of file.fieldOverrides) {
      if (indexes.length === 0) (exempt[collectionGroup] ??= []).push(fieldPath);
    }
    for (const fields of Object.values(exempt)) fields.sort();
    expect(exempt).toEqual(EXEMPT);
  });
});
