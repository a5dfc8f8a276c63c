import { escapeHtml } from '../escapeHtml';
import { type Phrase } from './phrase';

class Markup {
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
  }
  toString(): string {
    return this.#source;
  }
}

/** HTML that `html` made. Nothing else can make it, so that no text becomes markup by mistake. */
export type Html = Markup;

/**
 * Writes HTML. Text and numbers are escaped, what people typed in a Phrase is escaped and isolated in its own
 * direction; only HTML that this tag made goes in as it is. Attributes must be quoted.
 */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (Html | Phrase | string | number | readonly Html[])[]
): Html {
  return new Markup(strings.map((text, index) => text + markupOf(values[index] ?? '')).join(''));
}

function markupOf(value: Html | Phrase | string | number | readonly Html[]): string {
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  if ('parts' in value) {
    return value.parts
      .map(({ text, kind }) => (kind === 'person' ? `<bdi>${escapeHtml(text)}</bdi>` : escapeHtml(text)))
      .join('');
  }
  return value.map((each) => each.toString()).join('');
}
