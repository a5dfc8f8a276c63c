import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { type PlanName, plansSchema } from '../../../functions/src/domain/gate/plans';
import { type Text } from './deeds';
import { hashOf } from '../../support/seedMessage';
import { fallbackIdOf, type Teller } from './teller';
import { micros } from './micros';
import { type MessageFacts, type Micros, type Voice } from './verdict';
import { type World } from './world';

interface Word {
  readonly at: Micros;
  readonly no: boolean;
}

const FINAL = ['sent', 'delivered', 'failed', 'suppressed', 'cancelled'];
const plans = plansSchema.parse({ free: {}, starter: {}, growth: {}, pro: {} });

/**
 * What became of a story's messages, and every word that spoke about them, each at the time of its commit: audit rows,
 * suppressions and claims of events are created in the commit that takes the word, so they know it to the microsecond.
 */
export async function factsOf(world: World, teller: Teller): Promise<MessageFacts[]> {
  const { cast, claims, deeds } = teller;
  const voices = await voicesOf(world, teller);
  const refs = cast.items.flatMap((item) => [
    { item, ref: item.ref, channel: item.plan.channel, messageClass: item.plan.class },
    ...(item.plan.channel === 'sms'
      ? []
      : [
          {
            item,
            ref: world.db.doc(`outbox/${fallbackIdOf(item)}`),
            channel: 'sms' as const,
            messageClass: 'dunning' as const,
          },
        ]),
  ]);
  const rows = await world.db.getAll(...refs.map(({ ref }) => ref));
  return refs.flatMap(({ item, ref, channel, messageClass }, n): MessageFacts[] => {
    const row = rows[n];
    if (row?.exists !== true) return [];
    const { phone, email, clientId } = item.debtor;
    const address = channel === 'sms' ? phone : email;
    const about = [
      `address ${address}`,
      `permission ${clientId} ${channel}`,
      'account',
      ...(messageClass === 'dunning'
        ? [
            'enabled',
            `off ${channel}`,
            `plan ${channel}`,
            `pause ${item.invoiceId}`,
            `closed ${item.invoiceId}`,
            `level ${item.invoiceId}`,
          ]
        : []),
    ];
    const status = String(row.get('status'));
    return [
      {
        outboxId: ref.id,
        address,
        capped: messageClass === 'dunning',
        status,
        isFinal: FINAL.includes(status) || (status === 'unknown' && row.get('expiresAt') != null),
        claims: claims.get(ref.id) ?? [],
        accepted: world.accepted().get(ref.id)?.length ?? 0,
        expired: [...deeds.expired].filter((key) => key.startsWith(`${ref.id} `)).length,
        voices: voices.filter(({ name }) => about.some((one) => name === one || name.startsWith(`${one} `))),
      },
    ];
  });
}

async function voicesOf({ db }: World, { cast, deeds }: Teller): Promise<Voice[]> {
  const voices: Voice[] = [];
  const say = (name: string, said: readonly Word[]): void => {
    if (said.length > 0) voices.push({ name, said });
  };
  const [consents, ...optOuts] = await Promise.all([
    db.collection('consent_audit_log').where('freelancerId', '==', cast.uid).get(),
    ...cast.debtors.map(({ phone }) =>
      db.collection('sms_opt_out_audit').where('phoneNumber', '==', phone).get(),
    ),
  ]);
  cast.debtors.forEach(({ phone }, n) => {
    say(`address ${phone} opted out`, optOutWords(optOuts[n]?.docs ?? [], deeds.textsOf(phone)));
  });
  const of = (kind: string): DocumentSnapshot[] => consents.docs.filter((row) => row.get('kind') === kind);
  for (const { clientId } of cast.debtors) {
    for (const channel of ['sms', 'email']) {
      const rows = of('client_contact').filter(
        (row) => row.get('clientId') === clientId && row.get('channel') === channel,
      );
      say(
        `permission ${clientId} ${channel}`,
        rows.map((row) => word(row, row.get('status') === 'withdrawn')),
      );
    }
  }
  say(
    'enabled',
    of('collections').map((row) => word(row, row.get('collectionsEnabled') !== true)),
  );
  for (const channel of ['sms', 'email'] as const) {
    say(
      `off ${channel}`,
      of('collections').map((row) => word(row, row.get(channel) !== true)),
    );
    const tiers = deeds.ownWrites.flatMap(({ at, what }) =>
      typeof what === 'object' && 'tier' in what
        ? [{ at, no: !plans[what.tier as PlanName].channels.includes(channel) }]
        : [],
    );
    say(`plan ${channel}`, tiers);
  }
  say(
    'account',
    deeds.ownWrites.flatMap(({ at, what }) =>
      typeof what === 'object' && 'status' in what ? [{ at, no: what.status !== 'active' }] : [],
    ),
  );
  for (const { invoiceId } of cast.items) {
    const own = deeds.ownWrites.filter((write) => write.invoiceId === invoiceId);
    const heard = (no: string[], yes: string[]): Word[] =>
      own.flatMap(({ at, what }) =>
        typeof what === 'string' && [...no, ...yes].includes(what) ? [{ at, no: no.includes(what) }] : [],
      );
    say(`pause ${invoiceId}`, heard(['pause', 'claim'], ['resume']));
    say(`closed ${invoiceId}`, heard(['pay'], []));
    say(`level ${invoiceId}`, heard(['next_level'], []));
  }
  const addresses = cast.debtors.map(({ email }) => email);
  const suppressions = await db.getAll(
    ...addresses.map((email) => db.doc(`email_suppressions/${hashOf('email', email)}`)),
  );
  suppressions.forEach((row, n) => {
    if (row.exists) say(`address ${addresses[n] ?? ''} suppressed`, [word(row, true)]);
  });
  for (const [key, { phone, codes }] of deeds.reported) {
    if ([...codes].join() !== '30006') continue;
    const claim = await db.doc(`processed_events/${key}`).get();
    if (claim.exists) say(`address ${phone} unreachable`, [word(claim, true)]);
  }
  return voices;
}

/**
 * A STOP that came at once is a "no", whatever was made of it; of one that was found later the audit row says whether
 * the opposite had been said meanwhile. A START counts if it came from Twilio itself.
 */
function optOutWords(audits: readonly DocumentSnapshot[], texts: readonly Text[]): Word[] {
  return audits.flatMap((row) => {
    const text = texts.find(({ fields }) => fields['MessageSid'] === row.id);
    const applied = row.get('applied') === true;
    if (row.get('action') === 'opt_in') return applied && text?.delivered === true ? [word(row, false)] : [];
    return applied || text?.lost === false ? [word(row, true)] : [];
  });
}

function word({ createTime, id }: DocumentSnapshot, no: boolean): Word {
  if (createTime === undefined) throw new Error(`${id} does not exist`);
  return { at: micros(createTime), no };
}
