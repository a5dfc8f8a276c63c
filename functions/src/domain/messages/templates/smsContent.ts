/** The names in an SMS, as long as there is room for them. */
export interface SmsNames {
  /** At the start of the text. */
  readonly business: string;
  /** Such as `invoice INV-1`; without a reference `your invoice`. */
  readonly invoice: string;
}

/** What an SMS says; the link and the line about opting out are added to it. */
export interface SmsContent {
  readonly business: string | null;
  readonly reference: string;
  /** From the fullest to the shortest; each holds what must not be left out. */
  readonly wordings: readonly [(names: SmsNames) => string, ...((names: SmsNames) => string)[]];
}

/** The wording of one SMS. */
export type SmsTemplate<P> = (params: P) => SmsContent;
