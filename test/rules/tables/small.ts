import { GONE, type Case, type Data, type Value } from '../model/case';
import { casesOf, frozenUpdates, ownedTable, ownFilter, plainTable, readOnlyTable } from '../model/builders';
import { everyone, members, OTHER, OWNER } from '../model/personas';

const then = new Date('2026-03-02T09:00:00Z');

export function notificationsTable(): Case[] {
  const before: Data = {
    freelancerId: OWNER,
    type: 'payment_received',
    title: 'Paid',
    message: 'Dora paid.',
    read: false,
    createdAt: then,
  };
  const frozen: Readonly<Record<string, Value>> = {
    freelancerId: OTHER,
    type: 'x',
    title: 'x',
    message: 'x',
    createdAt: new Date(0),
    link: 'https://evil.example',
  };
  const ask = casesOf('notifications');
  const there = { id: 'notice', before };
  const update = (what: string, data: Data, allowed: boolean): Case =>
    ask({ who: 'owner', op: 'update', what, ...there, data, allowed });
  return [
    ...ownedTable('notifications', before),
    ...everyone.map((who) =>
      ask({ who, op: 'update', what: 'read', ...there, data: { read: true }, allowed: who === 'owner' }),
    ),
    update('read and readAt', { read: true, readAt: then }, true),
    update('readAt to null', { read: false, readAt: null }, true),
    update('read a text', { read: 'yes' }, false),
    update('read taken away', { read: GONE }, false),
    update('readAt a text', { readAt: 'now' }, false),
    ...frozenUpdates(ask, there, frozen, { read: true }),
  ];
}

export function onboardingTable(): Case[] {
  const ask = casesOf('onboarding_progress');
  const there = { id: OWNER, before: { step: 2 } };
  const named = { id: 'onboarding-of-alice', before: { freelancerId: OWNER, step: 2 } };
  const steps = (count: number): Data =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`step_${n}`, true]));
  const owner = (op: 'create' | 'update', what: string, data: Data, allowed: boolean): Case =>
    ask({ who: 'owner', op, what, data, allowed, id: OWNER, ...(op === 'update' ? there : {}) });
  return [
    ...everyone.flatMap((who) => [
      ask({ who, op: 'get', ...there, allowed: who === 'owner' }),
      ask({ who, op: 'get', what: 'by field', ...named, allowed: who === 'owner' }),
      ask({ who, op: 'list', what: 'own', filters: [ownFilter], allowed: who === 'owner' }),
      ask({ who, op: 'list', what: 'no filter', allowed: false }),
      ask({ who, op: 'create', data: { step: 1 }, allowed: false }),
      ask({ who, op: 'update', ...there, data: { step: 3 }, allowed: who === 'owner' }),
      ask({ who, op: 'update', what: 'by field', ...named, data: { step: 3 }, allowed: false }),
      ask({ who, op: 'delete', ...there, allowed: who === 'owner' }),
      ask({ who, op: 'delete', what: 'by field', ...named, allowed: false }),
    ]),
    ask({ who: 'other', op: 'create', what: 'his own', id: OTHER, data: { step: 1 }, allowed: true }),
    owner('update', 'his uid', { freelancerId: OWNER }, true),
    ...frozenUpdates(ask, there, { freelancerId: OTHER }, { step: 3 }),
    owner('update', '50 fields', steps(49), true),
    owner('update', '51 fields', steps(50), false),
  ];
}

/** usage, its markers, and what is read by name. */
export function specialTables(): Case[] {
  const month = `${OWNER}_2026-03`;
  const config = casesOf('system_config');
  const byName = (value: string) => [{ field: '__name__', op: '==' as const, value }];
  const visible = { id: 'public', before: { rate: 5 } };
  const secret = { id: 'policy', before: { switches: {} } };
  return [
    ...ownedTable('usage', { sms: 3, limits: { sms: 10 } }, { id: month, frozen: { sms: 0, limits: {} } }),
    ...readOnlyTable({
      name: 'usage/invoices',
      path: `usage/${month}/invoices`,
      data: { at: then },
      readers: ['owner'],
      lists: [{ filters: [], by: ['owner'] }],
      frozen: { at: new Date(0) },
    }),
    ...plainTable('usage/invoices', { at: then }, [], { path: 'usage/alice2_2026-03/invoices' }),
    ...plainTable('usage/invoices', { at: then }, [], { path: 'usage/2026-03/invoices' }),
    ...everyone.flatMap((who) => [
      config({ who, op: 'get', what: 'public', ...visible, allowed: members.some((one) => one === who) }),
      config({ who, op: 'get', what: 'policy', ...secret, allowed: who === 'admin' }),
      config({ who, op: 'list', what: 'no filter', allowed: who === 'admin' }),
      config({ who, op: 'list', what: 'public', filters: byName('public'), allowed: who === 'admin' }),
      config({ who, op: 'create', data: { rate: 0 }, allowed: false }),
      config({ who, op: 'create', what: 'under his uid', data: { freelancerId: OWNER }, allowed: false }),
      config({ who, op: 'update', what: 'public', ...visible, data: { rate: 0 }, allowed: false }),
      config({
        who,
        op: 'update',
        what: 'policy',
        ...secret,
        data: { switches: { x: true } },
        allowed: false,
      }),
      config({ who, op: 'delete', what: 'public', ...visible, allowed: false }),
      config({ who, op: 'delete', what: 'policy', ...secret, allowed: false }),
    ]),
  ];
}
