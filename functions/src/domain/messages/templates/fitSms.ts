import { type SmsContent, type SmsNames } from './smsContent';
import { smsName, smsNameInGsm } from './smsName';
import { smsSegments } from '../smsSegments';

const MOST_SEGMENTS = 2;
/** Characters below which a name is not cut: less of it says nothing. */
const SHORTEST = 8;
/** Characters of a name for which two segments never have room beside the rest. */
const LONGEST = 240;
const OPT_OUT = 'Reply STOP to opt out';

/**
 * The text of an SMS in at most two segments. When it is too long, first the wording gets shorter, then the names; a
 * name that only UCS-2 can carry gives way to what GSM-7 can carry of it. The amount, the link and the line about opting
 * out are never cut.
 *
 * @throws Error when the link alone leaves no room; 150 septets always fit
 */
export function fitSms(content: SmsContent, link: string | null): string {
  const rest = link === null ? ` ${OPT_OUT}` : ` View and pay: ${link} ${OPT_OUT}`;
  for (const nameOf of [smsName, smsNameInGsm]) {
    const business = nameOf(content.business ?? '');
    const reference = nameOf(content.reference);
    for (const wording of content.wordings) {
      const body = wording(named(business, reference)) + rest;
      if (fits(body)) return body;
    }
    const body = shortened(content, business, reference, rest);
    if (body !== null) return body;
  }
  throw new Error('payUrl is too long for an SMS');
}

/** The shortest wording with as much of the names as there is room for; null when even little is too much. */
function shortened(content: SmsContent, business: string, reference: string, rest: string): string | null {
  const wording = content.wordings.at(-1) ?? content.wordings[0];
  const names = [Array.from(business), Array.from(reference)] as const;
  const longest = Math.max(...names.map(({ length }) => length));
  for (let most = Math.min(longest - 1, LONGEST); most >= SHORTEST; most -= 1) {
    const body = wording(named(cut(names[0], most), cut(names[1], most))) + rest;
    if (fits(body)) return body;
  }
  return null;
}

function cut(characters: readonly string[], most: number): string {
  if (characters.length <= most) return characters.join('');
  return `${characters
    .slice(0, most - 3)
    .join('')
    .trimEnd()}...`;
}

function named(business: string, reference: string): SmsNames {
  return {
    business: business === '' ? 'Your supplier' : business,
    invoice: reference === '' ? 'your invoice' : `invoice ${reference}`,
  };
}

function fits(body: string): boolean {
  return smsSegments(body).segments <= MOST_SEGMENTS;
}
