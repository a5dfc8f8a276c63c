import { type VNode } from 'preact';
import { spoken } from '../domain/words';

const TONES: Readonly<Record<string, 'good' | 'warn' | 'bad'>> = {
  resolved: 'good',
  delivered: 'good',
  sent: 'good',
  paid: 'good',
  finished: 'good',
  opted_in: 'good',
  pending: 'warn',
  pending_retry: 'warn',
  retrying: 'warn',
  sending: 'warn',
  running: 'warn',
  continues: 'warn',
  overdue: 'warn',
  dead_letter: 'bad',
  failed: 'bad',
  unknown: 'bad',
  disputed: 'bad',
  opted_out: 'bad',
};

/** A status as a word; its colour only repeats it. */
export function Badge({ status }: { readonly status: string }): VNode {
  return <span class={`badge ${TONES[status] ?? 'plain'}`}>{spoken(status)}</span>;
}
