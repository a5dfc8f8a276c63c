import { cleanValue } from './cleanValue';

interface Part {
  readonly text: string;
  /** Prose is ours and may break between words; a value of ours or of a person is kept together. */
  readonly kind: 'prose' | 'value' | 'person';
}

/** A piece of text that remembers which parts people typed, so that each medium can fence them in its own way. */
export interface Phrase {
  readonly parts: readonly Part[];
}

/**
 * Writes prose. A plain string among the values is always taken for something that a person typed; what is ours comes
 * as a Phrase (`value`, or another `phrase`) or as a number.
 */
export function phrase(
  strings: TemplateStringsArray,
  ...values: readonly (Phrase | string | number)[]
): Phrase {
  const parts = strings.flatMap((text, index): readonly Part[] => {
    const prose: Part = { text, kind: 'prose' };
    const inserted = values[index];
    if (inserted === undefined) return [prose];
    if (typeof inserted === 'number') return [prose, { text: String(inserted), kind: 'value' }];
    if (typeof inserted === 'string') return [prose, { text: cleanValue(inserted), kind: 'person' }];
    return [prose, ...inserted.parts];
  });
  return { parts: parts.filter(({ text }) => text !== '') };
}

/** A value of ours that must not break over two lines, such as an amount or a day. */
export function value(text: string): Phrase {
  return { parts: [{ text, kind: 'value' }] };
}
