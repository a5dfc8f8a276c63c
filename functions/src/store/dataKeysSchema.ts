import * as z from 'zod';

/** The owner of what belongs to no freelancer. No uid begins like it. */
export const PLATFORM = '_platform';

/** `data_keys/{uid}`: the keys that seal a freelancer's contact data, each wrapped by the key provider. */
export const dataKeysSchema = z.object({
  /** The version that seals. */
  current: z.int().positive(),
  /** By version; base64. */
  keys: z.record(z.string(), z.object({ wrapped: z.string(), createdAt: z.date() })),
});

export type StoredDataKeys = z.infer<typeof dataKeysSchema>;
