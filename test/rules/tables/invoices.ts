import { GONE, type Case, type Data, type Filter, type Operation } from '../model/case';
import { casesOf, filterText, frozenUpdates, ownFilter } from '../model/builders';
import {
  DEBTOR_EMAIL,
  DEBTOR_HASH,
  debtorsByHash,
  everyone,
  OTHER,
  OWNER,
  type Persona,
} from '../model/personas';
import {
  badDraftFields,
  draft,
  frozenInvoiceFields,
  goodDraftFields,
  hiddenStatuses,
  ownershipFields,
  sealed,
  sent,
  visibleStatuses,
} from './invoiceData';

const byEmail: readonly Persona[] = ['debtor, verified', 'debtor, in another case'];
const byHash = debtorsByHash;
const ask = casesOf('invoices');

export function invoicesTable(): Case[] {
  return [...readTable(), ...listTable(), ...draftTable(), ...sentTable()];
}

function readTable(): Case[] {
  const forms: [string, Data, readonly Persona[]][] = [
    ['clear e-mail', sent, byEmail],
    ['e-mail in capitals', { ...sent, clientEmail: DEBTOR_EMAIL.toUpperCase() }, byEmail],
    ['sealed e-mail', sealed, byHash],
    ['no e-mail', { ...sent, clientEmail: null, clientEmailHash: null }, []],
  ];
  return forms.flatMap(([form, data, debtors]) =>
    [...visibleStatuses, ...hiddenStatuses].flatMap((status) =>
      everyone.map((who) => {
        const visible = visibleStatuses.some((one) => one === status) && debtors.includes(who);
        const id = `${form.replaceAll(' ', '-')}-${status}`;
        const what = `${status}, ${form}`;
        return ask({
          who,
          op: 'get',
          what,
          id,
          before: { ...data, status },
          allowed: who === 'owner' || visible,
        });
      }),
    ),
  );
}

function listTable(): Case[] {
  const mine: Filter = { field: 'clientEmail', op: '==', value: DEBTOR_EMAIL };
  const sealedMine: Filter = { field: 'clientEmailHash', op: '==', value: DEBTOR_HASH };
  const visible: Filter = { field: 'status', op: 'in', value: visibleStatuses };
  const withDraft: Filter = { field: 'status', op: 'in', value: ['sent', 'draft'] };
  const status = (value: string): Filter => ({ field: 'status', op: '==', value });
  const nobody: readonly Persona[] = [];
  const among = ({ field, value }: Filter, other: string): Filter => ({
    field,
    op: 'in',
    value: [value, other],
  });
  const lists: [readonly Filter[], readonly Persona[]][] = [
    [[], nobody],
    [[ownFilter], ['owner']],
    [[ownFilter, status('draft')], ['owner']],
    [[{ field: 'freelancerId', op: 'in', value: [OWNER, OTHER] }], nobody],
    [[{ field: 'freelancerId', op: '>=', value: OWNER }], nobody],
    [[mine, visible], byEmail],
    ...visibleStatuses.map((one): [Filter[], readonly Persona[]] => [[mine, status(one)], byEmail]),
    [[mine], nobody],
    [[among(mine, 'agnes@client.example'), status('sent')], nobody],
    [[among(sealedMine, 'v1_beef'), status('sent')], nobody],
    [[visible], nobody],
    [[mine, withDraft], nobody],
    [[mine, status('draft')], nobody],
    [[mine, status('cancelled')], nobody],
    [[sealedMine, visible], byHash],
    [[sealedMine], nobody],
    [[sealedMine, withDraft], nobody],
    [[{ field: 'clientEmailHash', op: '==', value: 'v1_beef' }, visible], nobody],
  ];
  return lists.flatMap(([filters, by]) =>
    everyone.map((who) =>
      ask({ who, op: 'list', what: filterText(filters), filters, allowed: by.includes(who) }),
    ),
  );
}

function draftTable(): Case[] {
  const there = { id: 'draft-1', before: draft };
  const minimal: Data = { freelancerId: OWNER, status: 'draft', amount: 1, currency: 'GBP' };
  const owner = (op: Operation, what: string, data: Data, allowed: boolean): Case =>
    ask({ who: 'owner', op, what, data, allowed, ...(op === 'update' ? there : {}) });
  return [
    ...everyone.flatMap((who) => [
      ask({ who, op: 'create', what: 'a draft', data: draft, allowed: who === 'owner' }),
      ask({ who, op: 'update', what: 'a draft', ...there, data: { amount: 5 }, allowed: who === 'owner' }),
      ask({ who, op: 'delete', what: 'a draft', before: draft, allowed: who === 'owner' }),
    ]),
    owner('create', 'only what it needs', minimal, true),
    ...Object.keys(minimal).map((field) =>
      owner('create', `without ${field}`, without(minimal, field), false),
    ),
    ...Object.keys(minimal).map((field) => owner('update', `${field} taken away`, { [field]: GONE }, false)),
    ...goodDraftFields.flatMap(([what, fields]) => [
      owner('create', what, { ...minimal, ...fields }, true),
      owner('update', what, fields, true),
    ]),
    ...badDraftFields.flatMap(([what, fields]) => [
      owner('create', what, { ...draft, ...fields }, false),
      owner('update', what, fields, false),
    ]),
    ...Object.entries({ ...frozenInvoiceFields, ...ownershipFields }).flatMap(([field, value]) => [
      owner('create', `with ${field}`, { ...draft, [field]: value }, false),
    ]),
    ...frozenUpdates(ask, there, { ...frozenInvoiceFields, ...ownershipFields }, { reference: 'New' }),
    ...idTable(),
    owner('update', 'an optional field taken away', { dueDate: GONE }, true),
    owner('update', 'nothing changed', { reference: 'INV-0001' }, true),
    ...fromServer(),
  ];
}

/** What the new draft may be called. */
function idTable(): Case[] {
  const create = (what: string, id: string, allowed: boolean): Case =>
    ask({ who: 'owner', op: 'create', what, id, data: draft, allowed });
  return [
    create('an id of all signs', 'New_draft.2026-11', true),
    create('an id of 255', 'i'.repeat(255), true),
    create('an id of 256', 'i'.repeat(256), false),
    create('an id with a blank', 'new draft', false),
    create('the next invoice of a recurring one', 'rec_template-1_2026-12-01', false),
    create('an id that makes the message that another is disputed', 'disputed_inv-1_1', false),
    create('an id that makes the message that another is cancelled', 'cancelled_inv-1', false),
    create("an id that makes another's message sent anew", 'inv-1_r1', false),
    create("an id that makes another's message sent for the twelfth time", 'inv-1_r12', false),
    create("an id that makes a row of another's payments", 'inv-1_payment_manual_owner_x', false),
    create("an id that makes a row of another's texts", 'inv-1_sent_sms_owner_x', false),
    create('an id that only sounds like those', 'inv_sent_disputed_cancelled_r1x_r', true),
  ];
}

/** A draft that the server made (of a recurring invoice, say) is edited like any other; its fields stay. */
function fromServer(): Case[] {
  const before = { ...draft, recurringInvoiceId: 'r1' };
  const update = (what: string, data: Data, allowed: boolean): Case =>
    ask({ who: 'owner', op: 'update', what, id: 'draft-of-server', before, data, allowed });
  return [
    update('a draft with a field of the server', { amount: 7 }, true),
    update("the server's field taken away", { recurringInvoiceId: GONE }, false),
    ask({
      who: 'owner',
      op: 'update',
      what: 'a draft of a recurring invoice',
      id: 'rec_template-1_2026-11-01',
      before,
      data: { amount: 7 },
      allowed: true,
    }),
    ask({
      who: 'other',
      op: 'update',
      what: 'taken over',
      id: 'draft-1',
      before: draft,
      data: { freelancerId: OTHER },
      allowed: false,
    }),
  ];
}

/** After it was sent only the server writes, sealed or not. */
function sentTable(): Case[] {
  const forms = [...visibleStatuses, 'cancelled'].map((status) => ({
    what: status,
    before: { ...sent, status },
  }));
  return [...forms, { what: 'sealed', before: sealed }].flatMap(({ what, before }) => {
    const there = { id: `sent-${what}`, before };
    return everyone.flatMap((who) => [
      ask({ who, op: 'update', what: `amount, ${what}`, ...there, data: { amount: 1 }, allowed: false }),
      ask({
        who,
        op: 'update',
        what: `back to draft, ${what}`,
        ...there,
        data: { status: 'draft', amount: 1 },
        allowed: false,
      }),
      ask({ who, op: 'delete', what, ...there, allowed: false }),
    ]);
  });
}

function without(data: Data, field: string): Data {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== field));
}
