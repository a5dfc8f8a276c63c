import { type DocumentReference } from 'firebase-admin/firestore';
import { type Caller } from '../../domain/caller';
import { isDocumentId } from '../../domain/documentId';
import { invoiceSchema } from '../../domain/invoice/invoice';
import { toDebtor } from '../../domain/invoice/toDebtor';
import { addresseeOf } from '../../domain/messages/addresseeOf';
import { isResendable } from '../../domain/messages/isResendable';
import { type MessageTemplate, messageTemplates } from '../../domain/messages/messageTemplates';
import { type OutboxItem } from '../../domain/messages/outboxItem';
import { outboxContentSchema, type OutboxRow, outboxRowSchema } from '../../domain/messages/outboxRow';
import { OUTBOX_RETENTION_MS } from '../../domain/messages/sendPolicy';
import { crashPoint } from '../../platform/crashPoint';
import { ConflictError, NotFoundError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { queueMessage } from '../queueMessage';
import { asAdmin } from './asAdmin';

export interface ResendAnswer {
  /** The item that was asked for. */
  readonly id: string;
  /** The new item; the send gate answers for it when it is its turn, as for any other. */
  readonly outboxId: string;
  readonly status: 'pending';
}

/**
 * Has a message sent anew that did not arrive: a new item `{id}_r{n}`, which goes through the send gate. Of an item and
 * those that took its place only the last one counts, so that no more than one of them is ever on its way.
 *
 * @throws ForbiddenError, NotFoundError, ConflictError unless the last one failed, was suppressed or cancelled, or its
 *   outcome is unknown for good
 */
export function resendOutbox(
  deps: Deps,
  caller: Caller,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<ResendAnswer> {
  return asAdmin(deps, caller, { action: 'resendOutbox', target: id, reason }, () =>
    retryConflicts(deps.random, async () => {
      const { db } = deps;
      const unit = new UnitOfWork(db);
      const first = await firstOf(deps, unit, id);
      const resends = first.row.resends ?? 0;
      const last =
        resends === 0 ? first : await itemOf(unit, collections.outbox(db, `${first.ref.id}_r${resends}`));
      if (!isResendable(last.row))
        throw new ConflictError(`The message ${last.ref.id} is ${last.row.status}: it is not sent again.`);
      const { channel, template, level, invoiceId, freelancerId } = last.row;
      if (!isTemplate(template)) throw new ConflictError('There is no such message any more.');
      const now = deps.clock.now();
      const outboxId = `${first.ref.id}_r${resends + 1}`;
      const content = await contentOf(deps, unit, last.ref, last.row);
      queueMessage(
        deps,
        unit,
        {
          id: outboxId,
          resendOf: first.ref.id,
          channel,
          template,
          level,
          invoiceId,
          freelancerId,
          ...content,
        },
        now,
      );
      // It counts them, so it stays for as long as any that it has to know of.
      const expiresAt = new Date(now.getTime() + OUTBOX_RETENTION_MS);
      unit.update(first.ref, { resends: resends + 1, expiresAt, updatedAt: now });
      crashPoint('resend.before-commit');
      await unit.commit();
      crashPoint('resend.after-commit');
      return { id, outboxId, status: 'pending' as const };
    }),
  );
}

interface Item {
  readonly ref: DocumentReference;
  readonly row: OutboxRow;
}

/** The item with which it began; once that has expired, the one that was asked for stands in its place. */
async function firstOf({ db }: Pick<Deps, 'db'>, unit: UnitOfWork, id: string): Promise<Item> {
  const asked = await itemOf(unit, collections.outbox(db, id));
  if (asked.row.resendOf == null) return asked;
  return itemOf(unit, collections.outbox(db, asked.row.resendOf)).catch((error: unknown) => {
    if (error instanceof NotFoundError) return asked;
    throw error;
  });
}

async function itemOf(unit: UnitOfWork, ref: DocumentReference): Promise<Item> {
  await unit.read(ref);
  const row = decode(outboxRowSchema, unit.snapshot(ref));
  if (row === null) throw new NotFoundError('There is no such message.');
  return { ref, row };
}

/** To whom it goes, and its values; a reminder of the chase is worded anew, by what is owed when it is sent. */
async function contentOf(
  { db }: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  ref: DocumentReference,
  row: OutboxRow,
): Promise<Pick<OutboxItem, 'to' | 'toHash' | 'params'>> {
  const contentRef = collections.privatePart(ref, 'content');
  await unit.read(contentRef);
  const content = row.wordedLate ? null : decode(outboxContentSchema, unit.snapshot(contentRef));
  if (!row.wordedLate && content === null) throw new ConflictError('The message has no content any more.');
  const params = content?.params ?? null;
  if (content?.to !== undefined) return { to: content.to, params };
  const addressed = await addressedAnew(db, unit, row);
  if (addressed === null) throw new ConflictError('There is no address for this message.');
  return { ...addressed, params };
}

/** Where an item goes that only says whose address it is: there where a new one would go. */
async function addressedAnew(
  db: Deps['db'],
  unit: UnitOfWork,
  row: OutboxRow,
): Promise<Pick<OutboxItem, 'to' | 'toHash'> | null> {
  if ((row.addressee ?? addresseeOf(row.class)) === 'freelancer') {
    if (!isDocumentId(row.freelancerId)) return null;
    const [user] = await unit.read(collections.user(db, row.freelancerId));
    const to = decode(userSchema, user)?.email;
    return to == null || to === '' ? null : { to };
  }
  if (!isDocumentId(row.invoiceId)) return null;
  const [snapshot] = await unit.read(collections.invoice(db, row.invoiceId));
  const invoice = decode(invoiceSchema, snapshot);
  return invoice === null ? null : toDebtor(invoice, row.channel);
}

function isTemplate(name: string): name is MessageTemplate {
  return Object.hasOwn(messageTemplates, name);
}
