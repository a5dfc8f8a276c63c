import { cleanValue } from './cleanValue';
import { gsm7 } from './gsm7';
import { gsmText } from './gsmText';

const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20E3\uFE00-\uFE0F]/gu;

/**
 * A name for an SMS: without emoji and control characters, in GSM-7 where it has such a form, else as it was written.
 * May be empty.
 */
export function smsName(name: string): string {
  const words = cleanValue(
    cleanValue(name)
      .replace(/[©®™]/g, (sign) => gsmText(sign) ?? '')
      .replace(EMOJI, '')
      .replace(/[\p{Other}\uFFFD]/gu, ''),
  );
  return gsmText(words) ?? words;
}

/** What of a name GSM-7 can carry; empty when it is nothing that one could read. */
export function smsNameInGsm(name: string): string {
  const carried = Array.from(smsName(name)).filter((character) => gsm7.septets(character) !== null);
  const text = carried.join('').replace(/ +/g, ' ').trim();
  return /[\p{Letter}\p{Number}]/u.test(text) ? text : '';
}
