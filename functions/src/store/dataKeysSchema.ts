import * as z from 'zod';

/** The owner of what belongs to no freelancer. No uid begins like it. */
export const PLATFORM = '_platform';

/** A walk that seals an owner's values with his newest key. */
export interface Renewal {
  /** Where it goes on. */
  readonly cursor: string | null;
  readonly beganAt: Date;
  /** It has found something that no key opens. */
  readonly unreadable: boolean;
}

/** `data_keys/{uid}`: the keys that seal a freelancer's contact data, each wrapped by the key provider. */
export const dataKeysSchema = z.object({
  /** The version that seals. */
  current: z.int().positive(),
  /** By version; base64. */
  keys: z.record(z.string(), z.object({ wrapped: z.string(), createdAt: z.date() })),
  renewal: z.object({ cursor: z.string().nullable(), beganAt: z.date(), unreadable: z.boolean() }).nullish(),
});

export type StoredDataKeys = z.infer<typeof dataKeysSchema>;
