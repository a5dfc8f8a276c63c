import { GONE, type Case, type Data, type Value } from '../model/case';
import { casesOf, frozenUpdates, ownFilter, plainTable, readOnlyTable } from '../model/builders';
import { everyone, OTHER, OWNER } from '../model/personas';

const then = new Date('2026-03-02T09:00:00Z');

export const profile: Data = {
  email: 'alice@studio.example',
  name: 'Alice',
  businessName: 'Studio',
  phoneNumber: null,
  timezone: 'Europe/London',
  subscriptionTier: 'free',
  subscriptionStatus: 'active',
  stripeCustomerId: 'cus_1',
  stripeSubscriptionId: 'sub_1',
  stripeAccountId: 'acct_1',
  collectionsEnabled: false,
  collectionsConsent: { optOuts: ['+447700900123'] },
  role: 'user',
  createdAt: then,
};

/** Everything that the server decides, with what a cheat would like to see there. */
export const frozenProfileFields: Readonly<Record<string, Value>> = {
  email: 'victim@client.example',
  subscriptionTier: 'pro',
  subscriptionStatus: 'trialing',
  stripeCustomerId: 'cus_2',
  stripeSubscriptionId: 'sub_2',
  stripeAccountId: 'acct_2',
  collectionsEnabled: true,
  collectionsConsent: {},
  role: 'admin',
  createdAt: new Date(0),
  userId: OTHER,
  isFoundingMember: true,
  lockedInPrice: 1,
  mtdEnabled: true,
  status: 'active',
  closing: {},
  clerk: { updatedAt: 0 },
  stripeChargesEnabled: true,
  stripePayoutsEnabled: true,
  stripeDetailsSubmitted: true,
  stripeRequirementsDue: false,
  stripeAccountSeq: 0,
  limits: { sms: 1_000_000 },
  collectionsUsedThisMonth: 0,
  collectionsDemoUsedThisMonth: 0,
  referralCode: 'REL-AAAAAA',
  accountCredit: 1_000_000,
};

const choice = (fields: Data): Data => ({ notifications: fields });

/** What a profile may hold. */
const good: readonly (readonly [string, Data])[] = [
  ['name', { name: 'Alice B' }],
  ['name of 200', { name: 'a'.repeat(200) }],
  ['name to null', { name: null }],
  ['businessName', { businessName: 'b'.repeat(200) }],
  ['phoneNumber', { phoneNumber: '+447700900123' }],
  ['phoneNumber empty', { phoneNumber: '' }],
  ['timezone', { timezone: 'America/Argentina/Buenos_Aires' }],
  ['updatedAt', { updatedAt: then }],
  ['updatedAt to null', { updatedAt: null }],
  ['notifications to null', { notifications: null }],
  ['no switches', choice({})],
  ['quiet hours', choice({ quietHoursStart: '21:00', quietHoursEnd: '08:59', emailNotifications: true })],
  ['late hours', choice({ quietHoursStart: '19:30', quietHoursEnd: '23:00', onVacation: false })],
  ['early evening', choice({ quietHoursStart: '20:00', quietHoursEnd: '19:00' })],
  ['50 kinds', choice({ notificationTypes: Array.from({ length: 50 }, (_, n) => `kind-${n}`) })],
  ['kinds of 5000 letters', choice({ notificationTypes: ['k'.repeat(2500), 'k'.repeat(2500)] })],
  ['30 switches', choice(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`s${n}`, n % 2 === 0])))],
  [
    'all six',
    { ...pick('name', 'businessName'), phoneNumber: '+15551234567', timezone: 'UTC', updatedAt: then },
  ],
  ['nothing changed', { name: 'Alice' }],
  ['a field taken away', { businessName: GONE }],
];

function pick(...fields: string[]): Data {
  return Object.fromEntries(fields.map((field) => [field, 'Text']));
}

const bad: readonly (readonly [string, Data])[] = [
  ['name of 201', { name: 'a'.repeat(201) }],
  ['name a list', { name: ['Alice'] }],
  ['businessName of 201', { businessName: 'b'.repeat(201) }],
  ['businessName a map', { businessName: { a: 'b' } }],
  ['phoneNumber national', { phoneNumber: '07700900123' }],
  ['phoneNumber with a leading zero', { phoneNumber: '+07700900123' }],
  ['phoneNumber a number', { phoneNumber: 447700900123 }],
  ['timezone empty', { timezone: '' }],
  ['timezone of 65', { timezone: 'a'.repeat(65) }],
  ['timezone with markup', { timezone: '<b>' }],
  ['updatedAt a text', { updatedAt: 'yesterday' }],
  ['notifications a text', { notifications: 'all' }],
  ['a switch that is a text', choice({ emailNotifications: 'yes' })],
  ['31 switches', choice(Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`s${n}`, true])))],
  ['a quiet hour of 24', choice({ quietHoursStart: '24:00' })],
  ['a quiet end of 24', choice({ quietHoursEnd: '24:00' })],
  ['51 kinds', choice({ notificationTypes: Array.from({ length: 51 }, (_, n) => `kind-${n}`) })],
  ['kinds as a text', choice({ notificationTypes: 'all' })],
  ['kinds as a map', choice({ notificationTypes: { all: true } })],
  ['a kind that is a map', choice({ notificationTypes: [{ kind: 'payment' }] })],
  ['kinds of 5001 letters', choice({ notificationTypes: ['k'.repeat(2500), 'k'.repeat(2501)] })],
];

export function usersTable(): Case[] {
  const ask = casesOf('users');
  const mine = { id: OWNER, before: profile };
  const named = { field: '__name__', op: '==' as const, value: OWNER };
  const everywhere = everyone.flatMap((who) => [
    ask({ who, op: 'get', ...mine, allowed: who === 'owner' || who === 'admin' }),
    ask({ who, op: 'list', what: 'no filter', allowed: who === 'admin' }),
    ask({ who, op: 'list', what: 'by freelancerId', filters: [ownFilter], allowed: who === 'admin' }),
    ask({ who, op: 'list', what: 'by own id', filters: [named], allowed: who === 'admin' }),
    ask({ who, op: 'update', what: 'name', ...mine, data: { name: 'New' }, allowed: who === 'owner' }),
    ask({ who, op: 'create', what: 'of another', id: 'somebody', data: { name: 'New' }, allowed: false }),
    ask({ who, op: 'delete', ...mine, allowed: false }),
  ]);
  const who = 'owner';
  const update = (what: string, data: Data, allowed: boolean): Case =>
    ask({ who, op: 'update', what, ...mine, data, allowed });
  return [
    ...everywhere,
    ...good.map(([what, data]) => update(what, data, true)),
    ...bad.map(([what, data]) => update(what, data, false)),
    ...frozenUpdates(ask, mine, frozenProfileFields, { name: 'New' }),
    update('stripeAccountId taken away', { stripeAccountId: GONE, name: 'New' }, false),
    ...createTable(),
  ];
}

/** His first save, where no Clerk has announced him: in a second account, whose document is not there. */
function createTable(): Case[] {
  const ask = casesOf('users');
  const create = (what: string, data: Data, allowed: boolean): Case =>
    ask({ who: 'other', op: 'create', what, id: OTHER, data, allowed });
  return [
    create(
      'profile fields',
      { name: 'Mallory', businessName: 'M', timezone: 'UTC', notifications: {} },
      true,
    ),
    // Without the field the document would look like a first save.
    ask({
      who: 'debtor, verified',
      op: 'update',
      what: 'the only protected field taken away',
      id: 'dora',
      before: { name: 'Dora', status: 'suspended' },
      data: { status: GONE },
      allowed: false,
    }),
    create('a name that is too long', { name: 'a'.repeat(201) }, false),
    ...Object.entries(frozenProfileFields).map(([field, value]) =>
      create(`with ${field}`, { name: 'Mallory', [field]: value }, false),
    ),
  ];
}

export function sentTable(): Case[] {
  return [
    ...readOnlyTable({
      name: 'users/sent',
      path: `users/${OWNER}/sent`,
      data: { at: then },
      readers: ['owner', 'admin'],
      lists: [
        { filters: [], by: ['owner', 'admin'] },
        { filters: [ownFilter], by: ['owner', 'admin'] },
      ],
      frozen: { at: new Date(0) },
    }),
    // A marker that names somebody is still that user's alone.
    ...plainTable('users/sent', { freelancerId: OWNER }, ['admin'], { path: 'users/somebody/sent' }),
  ];
}
