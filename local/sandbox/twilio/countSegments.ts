const GSM_7 =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Sent as an escape and a character, so that each takes two places. */
const GSM_7_EXTENSION = '\f^{}\\[~]|€';

/** How many SMS a text takes: 160 GSM-7 characters in one, 153 in each of several; 70 and 67 with any other character. */
export function countSegments(text: string): number {
  const characters = Array.from(text);
  const isGsm = characters.every(
    (character) => GSM_7.includes(character) || GSM_7_EXTENSION.includes(character),
  );
  if (!isGsm) return parts(text.length, 70, 67);
  const septets = characters.reduce(
    (sum, character) => sum + (GSM_7_EXTENSION.includes(character) ? 2 : 1),
    0,
  );
  return parts(septets, 160, 153);
}

function parts(length: number, alone: number, each: number): number {
  return length <= alone ? 1 : Math.ceil(length / each);
}
