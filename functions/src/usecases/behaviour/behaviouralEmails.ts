import { type Firestore } from 'firebase-admin/firestore';
import {
  DRAFT_WAITS_AFTER_MS,
  INACTIVE_AFTER_MS,
  inactiveKeys,
} from '../../domain/behaviour/behaviourPolicy';
import { onboardingEmail } from '../../domain/behaviour/onboardingEmail';
import { currentPlan } from '../../domain/billing/currentPlan';
import { type Plans } from '../../domain/gate/plans';
import { invoiceSchema } from '../../domain/invoice/invoice';
import { daysBetween, londonDay } from '../../domain/londonDay';
import { type MessageTemplate } from '../../domain/messages/messageTemplates';
import { type OutboxItem } from '../../domain/messages/outboxItem';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type BehaviouralUser } from './behaviouralUser';

/** An e-mail that may be due. */
export interface Candidate {
  readonly template: MessageTemplate;
  /** Of its marker `users/{uid}/sent/{key}`. */
  readonly key: string;
  /** Another marker, and how old it has to be at least; for what is sent again after a while. */
  readonly also?: string;
  /** Looks whether it is due. @returns the values of its template; null: not due */
  readonly look: () => Promise<OutboxItem['params'] | null>;
}

export interface Freelancer {
  readonly uid: string;
  readonly user: BehaviouralUser;
  /** When the record of the account was made, by Firestore's clock. */
  readonly since: Date;
}

/** Drafts that are looked at for one that waits. */
const DRAFTS = 10;
/** Invoices that are looked at for one that was written lately. */
const LATEST = 3;

/** All e-mails that this freelancer may be due, the most useful first: no more than one goes out in a day. */
export function behaviouralEmails(
  db: Firestore,
  plans: Plans,
  { uid, user, since }: Freelancer,
  now: Date,
): Candidate[] {
  const created = user.createdAt ?? since;
  const onboarding = onboardingEmail(
    daysBetween(londonDay(created), londonDay(now)),
    currentPlan(user, plans.graceDays, now),
  );
  const inactive = inactiveKeys(now);
  const isQuiet = isOlder(lastSignOfLife(user, created), INACTIVE_AFTER_MS, now);
  return [
    { template: 'draft_waiting' as const, key: 'draft_waiting', look: () => waitingDraft(db, uid, now) },
    onboarding === null
      ? null
      : {
          template: onboarding,
          key: onboarding,
          // Whoever has written an invoice needs no tutorial.
          look: async () => (onboarding === 'tutorial' && (await hasInvoice(db, uid)) ? null : {}),
        },
    isQuiet
      ? {
          template: 'inactive' as const,
          key: inactive.current,
          also: inactive.previous,
          look: async () => ((await hasRecentInvoice(db, uid, now)) ? null : {}),
        }
      : null,
  ].filter((candidate) => candidate !== null);
}

function isOlder(instant: Date, ageMs: number, now: Date): boolean {
  return now.getTime() - instant.getTime() >= ageMs;
}

function lastSignOfLife({ lastActiveAt, updatedAt }: BehaviouralUser, created: Date): Date {
  return [lastActiveAt, updatedAt, created].reduce<Date>(
    (latest, instant) => (instant != null && instant > latest ? instant : latest),
    created,
  );
}

/** Age by Firestore's clock: what the web client writes into a draft is its own affair. */
async function waitingDraft(db: Firestore, uid: string, now: Date) {
  const { docs } = await collections.draftsOf(db, uid).limit(DRAFTS).get();
  const waiting = docs.find(({ createTime }) => isOlder(createTime.toDate(), DRAFT_WAITS_AFTER_MS, now));
  const draft = decode(invoiceSchema, waiting);
  return draft === null
    ? null
    : { reference: draft.reference, amount: draft.amount, currency: draft.currency };
}

async function hasInvoice(db: Firestore, uid: string): Promise<boolean> {
  return !(await collections.invoicesOf(db, uid).limit(1).get()).empty;
}

/** An invoice that was written lately is a sign of life too. */
async function hasRecentInvoice(db: Firestore, uid: string, now: Date): Promise<boolean> {
  const { docs } = await collections.newestInvoicesOf(db, uid).limit(LATEST).get();
  return docs.some(({ createTime }) => !isOlder(createTime.toDate(), INACTIVE_AFTER_MS, now));
}
