import * as z from 'zod';

/** `system_config/contact_data`: in which form contact data is kept. Nothing there: in the clear. */
export const contactSettingSchema = z.object({
  /** New contact data is sealed. */
  sealed: z.boolean().default(false),
  /**
   * From when on it is sealed; at once where it is not said. Until then every instance has heard of it and looks for both
   * forms, so that no "no" that one of them writes sealed is missed by another.
   */
  from: z.date().nullish(),
  /** Sealing is being made final: what it could be undone by is not kept any more. */
  confirming: z.boolean().default(false),
  /** All is sealed and that can not be undone: nobody looks for the clear form any more. */
  confirmed: z.boolean().default(false),
  /** Sealing is being undone: new data is clear, and both forms are looked for. */
  reverting: z.boolean().default(false),
});

export type StoredContactSetting = z.infer<typeof contactSettingSchema>;

/** What follows from it for whoever reads and writes contact data. */
export interface ContactSetting {
  readonly writes: 'clear' | 'sealed';
  readonly looksForClear: boolean;
  readonly looksForSealed: boolean;
  /** Sealing can still be undone: what only a hash would be left of is kept sealed beside it. */
  readonly reversible: boolean;
}

/** Where nobody has asked for sealing. */
export const CLEAR: ContactSetting = {
  writes: 'clear',
  looksForClear: true,
  looksForSealed: false,
  reversible: true,
};

export function contactSettingAt(stored: StoredContactSetting, now: Date): ContactSetting {
  const { sealed, from, confirming, confirmed, reverting } = stored;
  if (!sealed) return reverting ? { ...CLEAR, looksForSealed: true } : CLEAR;
  const begun = confirming || from == null || from <= now;
  return {
    writes: begun ? 'sealed' : 'clear',
    looksForClear: !confirmed,
    looksForSealed: true,
    reversible: !confirming && !confirmed,
  };
}
