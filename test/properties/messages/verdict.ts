/** Microseconds since 1970: Firestore's commit times are as fine, and a number holds them. */
export type Micros = number;

/** Everything that somebody said about one thing: the last word before a moment is what holds at it. */
export interface Voice {
  /** Who, and about what. */
  readonly name: string;
  readonly said: readonly { readonly at: Micros; readonly no: boolean }[];
}

export interface Claim {
  readonly attemptId: string;
  /** When the claim was committed. */
  readonly at: Micros;
  /** The day of the travelling clock. */
  readonly day: string;
}

/** What became of one message, as seen from outside. */
export interface MessageFacts {
  readonly outboxId: string;
  readonly address: string;
  /** Counts against the frequency caps. */
  readonly capped: boolean;
  readonly status: string;
  readonly isFinal: boolean;
  readonly claims: readonly Claim[];
  /** How often the provider took it. */
  readonly accepted: number;
  /** How often its carrier said that it had no time for it: it goes back to the gate then. */
  readonly expired: number;
  readonly voices: readonly Voice[];
}

/** What is wrong with how messages were treated, in words; nothing if all is well. */
export function wrongsOf(messages: readonly MessageFacts[]): string[] {
  return [...messages.flatMap(wrongsOfOne), ...tooOften(messages)];
}

function wrongsOfOne(message: MessageFacts): string[] {
  const { outboxId, claims, voices, accepted, expired, status, isFinal } = message;
  const wrongs = claims.flatMap(({ at }) =>
    voices
      .filter((voice) => saysNo(voice, at))
      .map((voice) => `${outboxId} was claimed at ${at} after the "no" of ${voice.name}`),
  );
  if (accepted > 1 + expired) wrongs.push(`${outboxId} was accepted ${accepted} times`);
  if (accepted > claims.length) wrongs.push(`${outboxId} was accepted more often than it was claimed`);
  if (!isFinal) wrongs.push(`${outboxId} is left ${status}`);
  const isTaken = status === 'sent' || status === 'delivered';
  if (isTaken && accepted === 0) wrongs.push(`${outboxId} is ${status}, and nobody took it`);
  if (accepted > 0 && expired === 0 && (status === 'suppressed' || status === 'cancelled'))
    wrongs.push(`${outboxId} was taken by the provider, and is ${status}`);
  return wrongs;
}

/** Whether the last word that was committed before a moment is a "no". */
export function saysNo({ said }: Voice, at: Micros): boolean {
  return (
    said
      .filter((word) => word.at < at)
      .toSorted((a, b) => a.at - b.at)
      .at(-1)?.no === true
  );
}

/** Two messages that are capped, to one address on one day. */
function tooOften(messages: readonly MessageFacts[]): string[] {
  const idsOf = new Map<string, Set<string>>();
  for (const { outboxId, address, capped, claims } of messages) {
    for (const { day } of capped ? claims : []) {
      const key = `${address} on ${day}`;
      idsOf.set(key, (idsOf.get(key) ?? new Set<string>()).add(outboxId));
    }
  }
  return [...idsOf].filter(([, ids]) => ids.size > 1).map(([key, ids]) => `${ids.size} reminders to ${key}`);
}
