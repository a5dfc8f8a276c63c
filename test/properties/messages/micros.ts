import { type Timestamp } from 'firebase-admin/firestore';
import { type Micros } from './verdict';

/** A commit time as one number. */
export function micros({ seconds, nanoseconds }: Pick<Timestamp, 'seconds' | 'nanoseconds'>): Micros {
  return seconds * 1_000_000 + Math.floor(nanoseconds / 1_000);
}
