/** What an answer to a text message asks for. `yes` is an opt-in only from somebody who is opted out. */
export type ReplyKind = 'stop' | 'start' | 'help' | 'yes' | 'reply';

const STOP = new Set([
  'stop',
  'stopall',
  'stop all',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
  'opt out',
]);
const START = new Set(['start', 'unstop']);
const HELP = new Set(['help', 'info']);

/** Wherever it stands in the body: nobody writes this who wants more of them. */
const STOPS_CONTACT = /(?<![\p{L}\p{N}])stop (texting|messaging|contacting)(?![\p{L}\p{N}])/u;

/** Invisible: zero-width characters, marks of direction, soft hyphens, selectors of an emoji's form. */
const INVISIBLE = /[\p{Cf}\uFE00-\uFE0F\u20E3\u034F]/gu;
const PUNCTUATION = /[\p{P}\p{Sm}\p{Sc}\p{Sk}]/gu;
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{So}]/gu;

/**
 * Reads an answer as DOMAIN's opt-out words say: the whole body counts, whatever its case, width, spaces and
 * punctuation. A sentence that merely contains a word is a reply, for a person to read.
 */
export function classifyReply(body: string): ReplyKind {
  const visible = body.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  const spaced = squeezed(visible.replace(PUNCTUATION, ' '));
  // "S.T.O.P", "opt-out": what punctuation parts may be one word.
  const forms = new Set([spaced, squeezed(visible.replace(PUNCTUATION, '')), spelledOut(spaced)]);
  const isOneOf = (words: ReadonlySet<string>): boolean => [...forms].some((form) => words.has(form));
  if (isOneOf(STOP) || STOPS_CONTACT.test(spaced) || isBareStop(spaced)) return 'stop';
  if (isOneOf(START)) return 'start';
  if (isOneOf(HELP)) return 'help';
  return forms.has('yes') ? 'yes' : 'reply';
}

/** "stop" and pictures. Other words with a picture are replies: "end 🎉" may be about the job. */
function isBareStop(spaced: string): boolean {
  return squeezed(spaced.replace(EMOJI, ' ')) === 'stop';
}

/** "s t o p" as "stop"; anything else as it is. */
function spelledOut(spaced: string): string {
  return /^\p{L}( \p{L})+$/u.test(spaced) ? spaced.replaceAll(' ', '') : spaced;
}

function squeezed(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
