import { type GateInput } from '../../../functions/src/domain/gate/gateInput';
import { bankHolidaysOf } from './bankHolidayOracle';
import { wallTime } from './wallClock';

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;

/** A text message must leave this long before closing: 10 s for the send and 20 s for the carriers. */
const SMS_RESERVE_MS = 30_000;

/** Every "no" of the business rules that applies to a message of this class, written out without any order or haste. */
export function nosOf(input: GateInput): string[] {
  const { message, invoice, chase, freelancer, recipient, now } = input;
  const { channel } = message;
  const is = (...classes: string[]): boolean => classes.includes(message.class);
  const open = ['sent', 'overdue', 'in_collections'];
  const today = wallTime(now, 'Europe/London').day;
  const all: [string, boolean][] = [
    // 1: still wanted
    ['there is no open invoice', is('dunning', 'courtesy') && !open.includes(invoice?.status ?? '')],
    ['the chase is closed', is('dunning', 'courtesy') && chase?.closedAt != null],
    ['it is paused', is('dunning', 'courtesy') && chase?.isPaused === true],
    [
      'the debtor says that it is paid',
      is('dunning', 'courtesy') && invoice?.paymentClaimStatus === 'pending_verification',
    ],
    [
      'the level has passed',
      is('dunning') && message.level !== null && message.level !== (chase?.currentLevel ?? 'pending'),
    ],
    ['it is overdue already', is('courtesy') && invoice?.dueDate != null && invoice.dueDate < today],
    ['it is past "sent"', is('courtesy') && invoice?.status !== 'sent'],
    // 2: the freelancer
    ['no active account', !is('freelancer_notice') && freelancer?.active !== true],
    ['reminders are off', is('dunning', 'courtesy') && freelancer?.collectionsEnabled !== true],
    ['reminders of this invoice are off', is('dunning', 'courtesy') && invoice?.collectionsEnabled === false],
    ['the channel is off', is('dunning', 'courtesy') && freelancer?.optedOut[channel] !== false],
    ['not in the plan', is('dunning', 'courtesy') && freelancer?.plan.channels.includes(channel) !== true],
    ['no marketing consent', is('marketing') && freelancer?.marketingConsent !== true],
    // 3: the recipient
    ['permission withdrawn', !is('freelancer_notice') && recipient.permissionWithdrawn],
    ['opted out', !is('freelancer_notice') && recipient.optedOut],
    ['suppressed', recipient.suppressed],
    ['not usable', !recipient.usable],
    // 4: how often
    ['too often', is('dunning', 'courtesy', 'marketing') && !keepsCaps(input, now)],
    // 5: when
    ['outside contact hours', hasHours(input) && !isContactTime(input, now)],
    // 6: how many
    ['quota used up', is('dunning') && isQuotaUsedUp(input)],
    ['stale', now.getTime() - message.createdAt.getTime() > SEVEN_DAYS_MS],
  ];
  return all.filter(([, applies]) => applies).map(([name]) => name);
}

/** Whether contact hours hold for this message at all. */
export function hasHours({ message }: GateInput): boolean {
  return (
    message.class === 'dunning' ||
    message.class === 'courtesy' ||
    (message.class === 'debtor_service' && message.channel === 'sms')
  );
}

/** Whether the month's quota has no place for this message's invoice. */
export function isQuotaUsedUp({ freelancer, usage }: GateInput): boolean {
  const limit = freelancer?.plan.chasedInvoices ?? null;
  return limit !== null && usage !== null && !usage.counted && usage.used >= limit;
}

/** Whether one more message at that moment keeps both caps. */
export function keepsCaps({ recipient, policy }: GateInput, at: Date): boolean {
  const zone = zoneOf(recipient.zone);
  const { day } = wallTime(at, zone);
  const onThatDay = recipient.sends.filter((sent) => wallTime(sent, zone).day === day);
  const inSevenDays = recipient.sends.filter((sent) => at.getTime() - sent.getTime() < SEVEN_DAYS_MS);
  return onThatDay.length < policy.frequency.perDay && inSevenDays.length < policy.frequency.perSevenDays;
}

/** Whether the recipient may be contacted at that moment, and a text message still reach him before closing. */
export function isContactTime({ message, recipient, policy }: GateInput, at: Date): boolean {
  const { day, weekday, msOfDay } = wallTime(at, zoneOf(recipient.zone));
  const hours = policy.contactHours[message.channel];
  const reserve = message.channel === 'sms' ? SMS_RESERVE_MS : 0;
  return (
    hours.days.includes(weekday) &&
    !policy.extraHolidays.includes(day) &&
    !bankHolidaysOf(Number(day.slice(0, 4)), recipient.nation).has(day) &&
    msOfDay >= msOf(hours.opens) &&
    msOfDay + reserve < msOf(hours.closes)
  );
}

/** Milliseconds from that moment to the day's closing time. */
export function msToClosing({ message, recipient, policy }: GateInput, at: Date): number {
  return msOf(policy.contactHours[message.channel].closes) - wallTime(at, zoneOf(recipient.zone)).msOfDay;
}

function zoneOf(zone: string): string {
  return zone === 'Not/AZone' ? 'Europe/London' : zone;
}

function msOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
