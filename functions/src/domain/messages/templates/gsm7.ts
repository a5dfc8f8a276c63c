/** GSM 03.38: the characters that an SMS carries in seven bits. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** Its extension table: each of these takes two septets, an escape and itself. */
const EXTENSION = new Set('\f^{}\\[~]|€');

export const gsm7 = {
  /** Septets that one character takes, 1 or 2; null when GSM-7 does not have it. */
  septets: (character: string): 1 | 2 | null =>
    BASIC.has(character) ? 1 : EXTENSION.has(character) ? 2 : null,

  /** Whether all of the text can be sent in GSM-7. */
  holds: (text: string): boolean => Array.from(text).every((character) => gsm7.septets(character) !== null),
};
