import { type Case, type Data } from '../model/case';
import { casesOf, frozenUpdates, ownFilter } from '../model/builders';
import { everyone, OTHER, OWNER } from '../model/personas';
import { draft, sent } from './invoiceData';

const then = new Date('2026-03-02T09:00:00Z');
const note: Data = { freelancerId: OWNER, text: 'Pays late every March.', updatedAt: then };
const name = 'invoices/private';

/** What stands beside an invoice for its owner alone. */
export function privateTable(): Case[] {
  const onDraft = 'invoices/noted-draft';
  const onSent = 'invoices/noted-sent';
  const onOther = 'invoices/written-draft';
  const ask = casesOf(name, `${onDraft}/private`);
  const there = { id: 'notes', before: note };
  const contact = { id: 'contact', before: { freelancerId: OWNER, dialled: 3 } };
  const write = (what: string, data: Data, allowed: boolean, at = `${onOther}/private/notes`): Case => ({
    collection: name,
    who: 'owner',
    op: 'create',
    what,
    path: at,
    data,
    seed: { [onDraft]: draft, [onOther]: draft, [onSent]: sent },
    allowed,
  });
  const other: Case = {
    ...write('somebody else, in his own name', { ...note, freelancerId: OTHER }, false),
    who: 'other',
  };
  return [
    write('on a draft', note, true),
    write('of 5000', { ...note, text: 'n'.repeat(5000) }, true),
    write('without updatedAt', { freelancerId: OWNER, text: '' }, true),
    write('of 5001', { ...note, text: 'n'.repeat(5001) }, false),
    write('a list', { ...note, text: ['n'] }, false),
    write('updatedAt a text', { ...note, updatedAt: 'now' }, false),
    write('with another field', { ...note, clientPhone: '+447700900123' }, false),
    write("in another's name", { ...note, freelancerId: OTHER }, false),
    write('on a sent invoice', note, false, `${onSent}/private/notes`),
    write('on no invoice', note, false, 'invoices/nowhere/private/notes'),
    write('another part', note, false, `${onOther}/private/contact-2`),
    other,
    {
      ...write('with its draft', note, true, 'invoices/batched/private/notes'),
      together: { 'invoices/batched': draft },
    },
    ask({
      who: 'owner',
      op: 'update',
      what: 'of 5001',
      ...there,
      data: { text: 'n'.repeat(5001) },
      allowed: false,
    }),
    ...frozenUpdates(ask, there, { freelancerId: OTHER, clientPhone: '+447700900123' }, { text: 'New' }),
    ...everyone.flatMap((who) => [
      ask({ who, op: 'get', ...there, allowed: who === 'owner' }),
      ask({ who, op: 'get', what: 'contact', ...contact, allowed: who === 'owner' }),
      ask({ who, op: 'list', what: 'own', filters: [ownFilter], allowed: who === 'owner' }),
      ask({ who, op: 'list', what: 'no filter', allowed: false }),
      ask({ who, op: 'update', what: 'text', ...there, data: { text: 'New' }, allowed: who === 'owner' }),
      ask({ who, op: 'update', what: 'contact', ...contact, data: { dialled: 0 }, allowed: false }),
      ask({ who, op: 'delete', ...there, allowed: who === 'owner' }),
      ask({ who, op: 'delete', what: 'contact', ...contact, allowed: false }),
    ]),
  ];
}
