import { gsm7 } from './gsm7';

/** What has no decomposition that would lead into GSM-7, and what a person would write in its place. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  ...each('‘’‚‛′‵´`ʼʹˈ', "'"),
  ...each('“”„‟″«»', '"'),
  ...each('‹', '<'),
  ...each('›', '>'),
  ...each('‐‑‒–—―−⁃﹘', '-'),
  ...each('•·‣∙', '-'),
  ...each('⁄∕', '/'),
  ...each('×', 'x'),
  ...each('©', '(c)'),
  ...each('®', '(R)'),
  ...each('Ł', 'L'),
  ...each('ł', 'l'),
  ...each('ĐÐ', 'D'),
  ...each('đð', 'd'),
  ...each('Ħ', 'H'),
  ...each('ħ', 'h'),
  ...each('ı', 'i'),
  ...each('Œ', 'OE'),
  ...each('œ', 'oe'),
  ...each('Þ', 'Th'),
  ...each('þ', 'th'),
  ...each('ẞ', 'SS'),
  ...each('Ŋ', 'N'),
  ...each('ŋ', 'n'),
};

function each(characters: string, replacement: string): Record<string, string> {
  return Object.fromEntries(Array.from(characters).map((character) => [character, replacement]));
}

/**
 * A text in GSM-7 that reads the same: curly quotes become straight, an ellipsis three dots, and a letter loses an
 * accent that GSM-7 does not have. Null when something in it has no such form, as with Greek or Chinese.
 */
export function gsmText(text: string): string | null {
  const characters = Array.from(text.normalize('NFKC')).map(inGsm);
  return characters.includes(null) ? null : characters.join('');
}

function inGsm(character: string): string | null {
  if (gsm7.septets(character) !== null) return character;
  const replacement = REPLACEMENTS[character];
  if (replacement !== undefined) return replacement;
  const [base = '', ...marks] = Array.from(character.normalize('NFKD'));
  if (marks.length === 0 && /^\p{Mark}$/u.test(base)) return null;
  const bare = REPLACEMENTS[base] ?? base;
  return marks.every((mark) => /^\p{Mark}$/u.test(mark)) && gsm7.holds(bare) ? bare : null;
}
