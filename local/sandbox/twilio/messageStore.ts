import { type Message } from './message';

export type NumberKind = 'mobile' | 'landline' | 'invalid';

/** Everything that this Twilio keeps: messages both ways, who may not be written to, what tests said of numbers. */
export class MessageStore {
  private readonly messages = new Map<string, Message>();
  private readonly kinds = new Map<string, NumberKind>();
  /** Twilio blocks a pair: who sent STOP, and the number of ours that they sent it to. */
  private readonly blocked = new Set<string>();

  add(message: Message): void {
    this.messages.set(message.sid, message);
  }

  get(sid: string): Message | undefined {
    return this.messages.get(sid);
  }

  /** Newest first. */
  list(): Message[] {
    return [...this.messages.values()].reverse();
  }

  block(person: string, ourNumber: string): void {
    this.blocked.add(`${person} ${ourNumber}`);
  }

  unblock(person: string, ourNumber: string): void {
    this.blocked.delete(`${person} ${ourNumber}`);
  }

  isBlocked(person: string, ourNumber: string): boolean {
    return this.blocked.has(`${person} ${ourNumber}`);
  }

  /** What a number is; a mobile unless a test said otherwise. */
  kindOf(number: string): NumberKind {
    return this.kinds.get(number) ?? 'mobile';
  }

  setKind(number: string, kind: NumberKind): void {
    this.kinds.set(number, kind);
  }

  clear(): void {
    this.messages.clear();
    this.kinds.clear();
    this.blocked.clear();
  }
}
