import { type WriteResult } from 'firebase-admin/firestore';
import { signLink } from '../../../functions/src/platform/signedLink';
import { localSecret } from '../../support/sandboxSettings';
import { receiveSms } from '../../support/sandboxTwilio';
import { callFunction } from '../../support/callFunction';
import { hashOf } from '../../support/seedMessage';
import { emailEvent, postAsSendgrid } from '../../support/sendgridPost';
import { inboundFields, postAsTwilio, statusFields } from '../../support/twilioPost';
import { unsignedToken } from '../../support/unsignedToken';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type Cast, type Item, itemOf } from './cast';
import { micros } from './micros';
import { type ChaseChange, type Deed, type MailEventName, type SmsStatusName } from './story';
import { type Micros } from './verdict';
import { type World } from './world';

/** A change that the test wrote itself, at the moment of its commit. */
export interface OwnWrite {
  readonly at: Micros;
  readonly invoiceId: string | null;
  readonly what: ChaseChange | { readonly tier: string } | { readonly status: string };
}

/** A text message to our number. */
export interface Text {
  readonly fields: Readonly<Record<string, string>>;
  /** No webhook came of it at first. */
  readonly lost: boolean;
  /** One came, at once or late. */
  delivered: boolean;
}

const STATUSES: Record<SmsStatusName, readonly [string, string?]> = {
  sent: ['sent'],
  delivered: ['delivered'],
  undelivered: ['undelivered', '30003'],
  expired: ['undelivered', '30036'],
  unreachable: ['undelivered', '30006'],
  opted_out: ['failed', '21610'],
};

/** Does what people and providers do, through the deployed functions, or as other parts of the service write it. */
export class Deeds {
  readonly ownWrites: OwnWrite[] = [];
  /** Codes that were reported under each status of a message of Twilio's; the first one counts. */
  readonly reported = new Map<string, { readonly phone: string; readonly codes: Set<string> }>();
  /** Messages of which their carrier had no time, by our id and Twilio's. */
  readonly expired = new Set<string>();
  private readonly texts = new Map<string, Text[]>();

  constructor(
    private readonly world: World,
    private readonly cast: Cast,
  ) {}

  async perform(deed: Deed): Promise<void> {
    switch (deed.do) {
      case 'text':
        return this.text(deed);
      case 'late':
        return this.late(deed.item);
      case 'replay':
        return this.replay(deed.item, deed.pick);
      case 'mail':
        return this.mail(deed.item, deed.event, deed.times);
      case 'unsubscribe':
        return this.unsubscribe(deed.item);
      case 'permission': {
        const { channel, granted } = deed;
        const status = granted ? 'granted' : 'withdrawn';
        const clientId = itemOf(this.cast, deed.item).debtor.clientId;
        return this.call('setClientConsent', { clientId, channel, status, lawfulBasis: 'consent' });
      }
      case 'consent':
        return this.call('setCollectionsConsent', {
          wordingVersion: 'collections-2026-11',
          collectionsEnabled: deed.enabled,
          sms: deed.sms,
          email: deed.email,
        });
      case 'plan':
        return this.writeUser({ subscriptionTier: deed.tier }, { tier: deed.tier });
      case 'account':
        return this.writeUser({ status: deed.status }, { status: deed.status });
      case 'chase':
        return this.chase(deed.item, deed.change);
      case 'status':
        return this.status(deed.item, deed.status, deed.times);
    }
  }

  private async text({ item, word, how }: Extract<Deed, { do: 'text' }>): Promise<void> {
    const { phone } = itemOf(this.cast, item).debtor;
    if (how === 'lost') {
      const { sid } = await receiveSms(this.world.harness.sandbox, { from: phone, body: word, lose: true });
      this.textsOf(phone).push({ fields: inboundFields(phone, word, sid), lost: true, delivered: false });
      return;
    }
    const text = { fields: inboundFields(phone, word), lost: false, delivered: true };
    this.textsOf(phone).push(text);
    await Promise.all(Array.from({ length: how === 'twice' ? 2 : 1 }, () => this.deliver(text)));
  }

  private async late(item: number): Promise<void> {
    const text = this.textsOf(itemOf(this.cast, item).debtor.phone).find(({ delivered }) => !delivered);
    if (text === undefined) return;
    text.delivered = true;
    await this.deliver(text);
  }

  private async replay(item: number, pick: number): Promise<void> {
    const texts = this.textsOf(itemOf(this.cast, item).debtor.phone).filter(({ delivered }) => delivered);
    const text = texts[pick % Math.max(1, texts.length)];
    if (text === undefined) return;
    await this.world.db.doc(`processed_events/twilio_${text.fields['MessageSid'] ?? ''}`).delete();
    await this.deliver(text);
  }

  private async deliver({ fields }: Text): Promise<void> {
    const { twilioSmsReply } = this.world.served;
    const { status } = await postAsTwilio(twilioSmsReply.origin, { path: 'sms-reply', fields });
    requireOk(twilioSmsReply, status);
  }

  private async mail(nth: number, event: MailEventName, times: number): Promise<void> {
    const item = itemOf(this.cast, nth);
    const { sendgridEvents } = this.world.served;
    const messageId = this.world.accepted().get(item.ref.id)?.at(-1);
    // Only who unsubscribes needs no e-mail for it.
    const needsNone = event === 'unsubscribe' || event === 'group_unsubscribe';
    if (item.plan.channel !== 'email' || (messageId === undefined && !needsNone)) return;
    const fields = emailEvent(event === 'blocked' ? 'bounce' : event, item.debtor.email, {
      ...(event === 'bounce' || event === 'blocked' ? { type: event } : {}),
      ...(event === 'dropped' ? { reason: 'Bounced Address' } : {}),
      ...(messageId === undefined ? {} : { sg_message_id: `${messageId}.recvd-1`, outboxId: item.ref.id }),
    });
    const answers = await Promise.all(
      Array.from({ length: times }, () => postAsSendgrid(sendgridEvents.origin, [fields])),
    );
    for (const { status } of answers) requireOk(sendgridEvents, status);
  }

  private async unsubscribe(item: number): Promise<void> {
    const { harness, served } = this.world;
    const token = signLink([localSecret('LINK_SIGNING_KEY')], {
      purpose: 'unsubscribe',
      subject: hashOf('email', itemOf(this.cast, item).debtor.email),
      issuedAt: harness.now(),
      expiresAt: new Date(harness.now().getTime() + 86_400_000),
    });
    const { status } = await fetch(`${served.unsubscribe.origin}/u?t=${token}`, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    requireOk(served.unsubscribe, status);
  }

  private async call(name: 'setClientConsent' | 'setCollectionsConsent', data: object): Promise<void> {
    const served = this.world.served[name];
    const token = unsignedToken(this.world.harness.projectId, this.cast.uid);
    const { error, message } = await callFunction(served.origin, data, token);
    if (error !== null) throw new Error(`${name} answered ${error}: ${message}\n${served.logTail(10)}`);
  }

  private async writeUser(fields: Record<string, string>, what: OwnWrite['what']): Promise<void> {
    const written = await this.world.db.doc(`users/${this.cast.uid}`).update(fields);
    this.note(written, null, what);
  }

  /** As the use cases do: whatever stops a chase writes its state, and in the same commit what else it changes. */
  private async chase(nth: number, change: ChaseChange): Promise<void> {
    const item = itemOf(this.cast, nth);
    const { db, harness } = this.world;
    const { invoice, state } = changesFor(change, harness.now());
    const batch = db.batch().update(db.doc(`escalation_states/${item.invoiceId}`), state);
    if (invoice !== null) batch.update(db.doc(`invoices/${item.invoiceId}`), invoice);
    const [written] = await batch.commit();
    this.note(written, item.invoiceId, change);
  }

  private async status(nth: number, name: SmsStatusName, times: number): Promise<void> {
    const item = itemOf(this.cast, nth);
    const sid = this.world.accepted().get(item.ref.id)?.at(-1);
    if (item.plan.channel !== 'sms' || sid === undefined) return;
    const [status, errorCode] = STATUSES[name];
    const key = `twilio_${sid}_${status}`;
    const { phone } = item.debtor;
    const reports = this.reported.get(key) ?? { phone, codes: new Set<string>() };
    this.reported.set(key, reports);
    reports.codes.add(errorCode ?? '');
    if (name === 'expired') this.expired.add(`${item.ref.id} ${sid}`);
    await this.report(
      item,
      statusFields(phone, status, { sid, ...(errorCode === undefined ? {} : { errorCode }) }),
      times,
    );
  }

  private async report({ ref }: Item, fields: Record<string, string>, times: number): Promise<void> {
    const { twilioSmsStatus } = this.world.served;
    const answers = await Promise.all(
      Array.from({ length: times }, () =>
        postAsTwilio(twilioSmsStatus.origin, { path: 'sms-status', query: `?o=${ref.id}`, fields }),
      ),
    );
    for (const { status } of answers) requireOk(twilioSmsStatus, status);
  }

  private note(written: WriteResult | undefined, invoiceId: string | null, what: OwnWrite['what']): void {
    if (written === undefined) throw new Error('nothing was written');
    this.ownWrites.push({ at: micros(written.writeTime), invoiceId, what });
  }

  /** What was written from a number, in that order. */
  textsOf(phone: string): Text[] {
    const texts = this.texts.get(phone) ?? [];
    this.texts.set(phone, texts);
    return texts;
  }
}

interface ChaseWrites {
  readonly invoice: Record<string, unknown> | null;
  readonly state: Record<string, unknown>;
}

function changesFor(change: ChaseChange, now: Date): ChaseWrites {
  switch (change) {
    case 'pause':
      return { invoice: null, state: { isPaused: true, pauseReason: 'manual', pausedAt: now } };
    case 'claim':
      return {
        invoice: { paymentClaimStatus: 'pending_verification' },
        state: { isPaused: true, pauseReason: 'payment_claim', pausedAt: now },
      };
    case 'resume':
      return { invoice: { paymentClaimStatus: null }, state: { isPaused: false, pauseReason: null } };
    case 'pay':
      return {
        invoice: { status: 'paid', paidAt: now },
        state: { closedAt: now, closedReason: 'paid' },
      };
    case 'next_level':
      return { invoice: { escalationLevel: 'firm' }, state: { currentLevel: 'firm' } };
  }
}

function requireOk(served: ServedFunction, status: number): void {
  if (status !== 200 && status !== 204) throw new Error(`a callback got ${status}\n${served.logTail(10)}`);
}
