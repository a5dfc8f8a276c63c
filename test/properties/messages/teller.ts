import { type DocumentReference, type Timestamp } from 'firebase-admin/firestore';
import { dunningItemId } from '../../../functions/src/domain/messages/dunningItemId';
import { type Fault } from '../../../local/sandbox/faultPlan';
import { type ProviderName } from '../../../local/sandbox/provider';
import { type Cast, type Item, itemOf, queue } from './cast';
import { claimTimeOf } from './claimTimeOf';
import { Deeds } from './deeds';
import { micros } from './micros';
import { type Deed, type Send, type Story, type Timed } from './story';
import { type Claim } from './verdict';
import { type World } from './world';

/** Plays one story, and keeps what it saw of the claims of its messages. */
export class Teller {
  readonly claims = new Map<string, Claim[]>();
  readonly deeds: Deeds;
  /** Deeds that were done between a claim and what we heard of it. */
  inWindow = 0;
  private readonly plans = new Map<string, Send[]>();
  private readonly queuing = new Map<string, Promise<void>>();

  constructor(
    private readonly world: World,
    readonly story: Story,
    readonly cast: Cast,
  ) {
    this.deeds = new Deeds(world, cast);
    for (const item of cast.items) {
      for (const id of [item.ref.id, fallbackIdOf(item)]) {
        world.follow(id, (outboxId, provider, proceed) => this.onRequest(outboxId, provider, proceed));
      }
    }
  }

  /** One phase: step after step, the deeds of a step at once. */
  async play(phase: number): Promise<void> {
    for (const step of this.story.phases[phase] ?? []) {
      await Promise.all(step.map((timed) => this.inTime(timed)));
    }
  }

  /** Asks for every message once more. */
  async dispatchAll(): Promise<void> {
    await Promise.all(
      this.cast.items.flatMap((item) => [
        this.dispatch(item.ref.id, item.plan.channel === 'sms'),
        this.dispatch(fallbackIdOf(item), true),
      ]),
    );
  }

  private async inTime({ reads, what }: Timed): Promise<void> {
    const { db } = this.world;
    for (let n = 0; n < reads; n += 1) await db.doc(`users/${this.cast.uid}`).get();
    await (what.do === 'send' ? this.send(what) : this.deeds.perform(what));
  }

  private async send(send: Send): Promise<void> {
    const item = itemOf(this.cast, send.item);
    const outboxId = send.fallback ? fallbackIdOf(item) : item.ref.id;
    const bySms = send.fallback || item.plan.channel === 'sms';
    if (!send.fallback) await this.queued(item);
    const plans = this.plans.get(outboxId) ?? [];
    this.plans.set(outboxId, plans);
    plans.push(send);
    await Promise.all(Array.from({ length: send.workers }, () => this.dispatch(outboxId, bySms)));
    // Nothing was to be sent: the next one has plans of its own.
    if (plans.includes(send)) plans.splice(plans.indexOf(send), 1);
  }

  /** Queues a message that did not wait from the beginning, once. */
  private queued(item: Item): Promise<unknown> {
    const { db, harness } = this.world;
    const queued =
      this.queuing.get(item.ref.id) ??
      (async () => {
        if (item.plan.waits) return;
        const batch = db.batch();
        queue(batch, item, this.cast.uid, harness.now());
        await batch.commit();
      })();
    this.queuing.set(item.ref.id, queued);
    return queued;
  }

  private async dispatch(outboxId: string, bySms: boolean): Promise<void> {
    const { harness, served } = this.world;
    const worker = bySms ? served.sendSms : served.sendEmail;
    const status = await harness.dispatch(worker, outboxId);
    if (status >= 300) throw new Error(`the task of ${outboxId} got ${status}\n${worker.logTail(10)}`);
  }

  /** A message is at its provider: it was claimed, and neither accepted nor refused yet. */
  private async onRequest(
    outboxId: string,
    provider: ProviderName,
    proceed: (fault?: Fault) => Promise<void>,
  ): Promise<void> {
    await this.noteClaim(this.world.db.doc(`outbox/${outboxId}`));
    const plan = this.plans.get(outboxId)?.shift();
    await this.inTurn(plan?.before ?? []);
    await proceed(plan?.fault == null ? undefined : { ...plan.fault, provider, rate: 1 });
    await this.inTurn(plan?.after ?? []);
  }

  private async inTurn(deeds: readonly Deed[]): Promise<void> {
    for (const deed of deeds) {
      this.inWindow += 1;
      await this.deeds.perform(deed);
    }
  }

  private async noteClaim(ref: DocumentReference): Promise<void> {
    const day = this.world.harness.now().toISOString().slice(0, 10);
    const { attemptId, at }: { attemptId: string; at: Timestamp } = await claimTimeOf(this.world.db, ref);
    this.claims.set(ref.id, [...(this.claims.get(ref.id) ?? []), { attemptId, at: micros(at), day }]);
  }
}

export function fallbackIdOf({ invoiceId }: Item): string {
  return dunningItemId(invoiceId, 'gentle', 'sms');
}
