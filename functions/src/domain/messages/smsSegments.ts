import { gsm7 } from './templates/gsm7';

export interface SmsSegments {
  /** Messages that the carrier sends and charges for. */
  readonly segments: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Septets or UTF-16 code units of the whole text. */
  readonly units: number;
}

/**
 * Counts what a text costs as SMS. One message holds 160 septets of GSM-7 or 70 code units of UCS-2; of a longer text
 * each part holds 153 or 67, and neither an escape sequence nor a surrogate pair is torn apart. One character that
 * GSM-7 does not have makes all of the text UCS-2. An empty text is still one message.
 */
export function smsSegments(text: string): SmsSegments {
  const characters = Array.from(text);
  const septets = characters.map((character) => gsm7.septets(character) ?? 0);
  return septets.includes(0)
    ? {
        encoding: 'UCS-2',
        ...pack(
          characters.map(({ length }) => length),
          70,
          67,
        ),
      }
    : { encoding: 'GSM-7', ...pack(septets, 160, 153) };
}

function pack(
  sizes: readonly number[],
  single: number,
  part: number,
): { readonly segments: number; readonly units: number } {
  const units = sizes.reduce((total, size) => total + size, 0);
  if (units <= single) return { segments: 1, units };
  let segments = 1;
  let room = part;
  for (const size of sizes) {
    if (size > room) {
      segments += 1;
      room = part;
    }
    room -= size;
  }
  return { segments, units };
}
