import { FieldValue } from 'firebase-admin/firestore';
import { addresseeOf } from '../../domain/messages/addresseeOf';
import { outboxContentSchema, outboxRowSchema } from '../../domain/messages/outboxRow';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type ContactKind } from './contactKind';

/** Messages: an item that holds an address is made to name whose it is. Made clear again it may stay so: both are read. */
export const outboxKind: ContactKind = {
  name: 'outbox',
  plan: async (_deps, unit, ref, form) => {
    if (form === 'clear' || form === 'renewed') return null;
    const contentRef = collections.privatePart(ref, 'content');
    await unit.read(contentRef);
    const row = decode(outboxRowSchema, unit.snapshot(ref));
    const content = decode(outboxContentSchema, unit.snapshot(contentRef));
    if (row === null || content?.to === undefined) return null;
    return () => {
      unit.update(ref, { addressee: addresseeOf(row.class) });
      unit.update(contentRef, { to: FieldValue.delete() });
      return Promise.resolve();
    };
  },
};
