import { GONE, type Case, type Data, type Value } from '../model/case';
import { casesOf, filterText, frozenUpdates, ownFilter } from '../model/builders';
import { everyone, OTHER, OWNER } from '../model/personas';

const then = new Date('2026-03-02T09:00:00Z');

/** As saveClient leaves it. */
const saved: Data = {
  freelancerId: OWNER,
  name: 'Dora',
  company: null,
  email: 'dora.k@client.example',
  phone: '+447700900123',
  debtorKind: 'business',
  contactPermissions: { email: { status: 'withdrawn' }, sms: { status: 'unknown' } },
  status: 'active',
  createdAt: then,
  updatedAt: then,
};

export const frozenClientFields: Readonly<Record<string, Value>> = {
  freelancerId: OTHER,
  email: 'other@client.example',
  phone: '+447700900999',
  debtorKind: 'individual',
  contactPermissions: { email: { status: 'granted' } },
  createdAt: new Date(0),
  emailHash: 'v1_00',
  clientEmailHash: 'v1_00',
  timezone: 'Pacific/Auckland',
  nation: 'scotland',
};

const fresh: Data = {
  freelancerId: OWNER,
  name: 'Dora',
  company: 'Dora Ltd',
  status: 'active',
  createdAt: then,
};

const good: readonly (readonly [string, Data])[] = [
  ['name', { name: 'Dora B' }],
  ['name of 200', { name: 'd'.repeat(200) }],
  ['company', { company: 'c'.repeat(200) }],
  ['company to null', { company: null }],
  ['status', { status: 'archived' }],
  ['status of 40', { status: 's'.repeat(40) }],
  ['updatedAt', { updatedAt: new Date('2026-03-03T09:00:00Z') }],
];

const bad: readonly (readonly [string, Data])[] = [
  ['name empty', { name: '' }],
  ['name of 201', { name: 'd'.repeat(201) }],
  ['name a list', { name: ['Dora'] }],
  ['name null', { name: null }],
  ['company of 201', { company: 'c'.repeat(201) }],
  ['company a number', { company: 7 }],
  ['status of 41', { status: 's'.repeat(41) }],
  ['status a map', { status: { a: 'b' } }],
  ['updatedAt a text', { updatedAt: 'now' }],
];

export function clientsTable(): Case[] {
  const ask = casesOf('clients');
  const there = { id: 'client-1', before: saved };
  const who = 'owner';
  const either = [{ field: 'freelancerId', op: 'in' as const, value: [OWNER, OTHER] }];
  const update = (what: string, data: Data, allowed: boolean): Case =>
    ask({ who, op: 'update', what, ...there, data, allowed });
  const create = (what: string, data: Data, allowed: boolean): Case =>
    ask({ who, op: 'create', what, data, allowed });
  return [
    ...everyone.flatMap((who) => [
      ask({ who, op: 'get', ...there, allowed: who === 'owner' }),
      ask({ who, op: 'list', what: 'own', filters: [ownFilter], allowed: who === 'owner' }),
      ask({ who, op: 'list', what: 'no filter', allowed: false }),
      ask({ who, op: 'list', what: filterText(either), filters: either, allowed: false }),
      ask({ who, op: 'create', data: fresh, allowed: who === 'owner' }),
      ask({ who, op: 'update', what: 'name', ...there, data: { name: 'New' }, allowed: who === 'owner' }),
      ask({ who, op: 'delete', ...there, allowed: false }),
    ]),
    ...good.flatMap(([what, data]) => [
      update(what, data, true),
      create(`with ${what}`, { ...fresh, ...data }, true),
    ]),
    ...bad.flatMap(([what, data]) => [
      update(what, data, false),
      create(`with ${what}`, { ...fresh, ...data }, false),
    ]),
    ...frozenUpdates(ask, there, frozenClientFields, { name: 'New' }),
    ...Object.entries(frozenClientFields)
      .filter(([field]) => field !== 'createdAt')
      .map(([field, value]) => create(`with ${field}`, { ...fresh, [field]: value }, false)),
    update('contactPermissions taken away', { contactPermissions: GONE }, false),
    create('only what it needs', { freelancerId: OWNER, name: 'Dora' }, true),
    create('createdAt a text', { ...fresh, createdAt: 'now' }, false),
    create('createdAt null', { ...fresh, createdAt: null }, true),
    create('without a freelancer', { name: 'Dora' }, false),
    create('without a name', { freelancerId: OWNER }, false),
    ask({
      who: 'other',
      op: 'update',
      what: 'taken over',
      ...there,
      data: { freelancerId: OTHER },
      allowed: false,
    }),
    // Of this one the client wrote every field.
    ask({
      who: 'other',
      op: 'update',
      what: 'taken over',
      before: fresh,
      data: { freelancerId: OTHER },
      allowed: false,
    }),
    update('status as saveClient leaves it', { status: null }, true),
  ];
}
