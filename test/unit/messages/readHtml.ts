interface ReadHtml {
  /** Every tag in order, with its attributes, as `<a class href>`; closing tags as `</a>`. */
  readonly tags: readonly string[];
  readonly links: readonly string[];
  /** What one reads, entities resolved. */
  readonly text: string;
  /** What stands in each `<bdi>`. */
  readonly isolated: readonly string[];
}

const TOKEN =
  /<!doctype html>|<style>[^<]*<\/style>|<\/(?<close>[a-z0-9]+)>|<(?<open>[a-z0-9]+)(?<attributes>(?:\s+[a-z-]+="[^"<>]*")*)\s*\/?>|(?<entity>&(?:amp|lt|gt|quot|#39);)|(?<text>[^<>&]+)/y;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const INLINE: ReadonlySet<string> = new Set(['a', 'bdi']);
const ALLOWED =
  /^(html|head|meta|title|body|div|h1|p|a|bdi|table|tr|th|td|tbody) ?(class|href|lang|charset|name|content|scope| )*$/;

/**
 * Reads HTML as strictly as we write it: every `<`, `>` and `&` must be part of a tag or entity of ours, tags are
 * closed in order, attributes are quoted. A browser forgives much more; whatever is not exactly ours is an error here.
 */
export function readHtml(source: string): ReadHtml {
  const tags: string[] = [];
  const open: { readonly name: string; readonly from: number }[] = [];
  const links: string[] = [];
  const isolated: string[] = [];
  let text = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(source);
    if (token === null) throw new Error(`not our HTML: ${source.slice(at, at + 60)}`);
    const groups: Readonly<Record<string, string | undefined>> = token.groups ?? {};
    text += groups['text'] ?? ENTITIES[groups['entity'] ?? ''] ?? '';
    const name = groups['open'];
    if (name !== undefined) {
      const attributes = [...(groups['attributes'] ?? '').matchAll(/([a-z-]+)="([^"]*)"/g)];
      const tag = [name, ...attributes.map(([, attribute = '']) => attribute)].join(' ');
      if (!ALLOWED.test(tag)) throw new Error(`a tag that we do not write: ${tag}`);
      tags.push(`<${tag}>`);
      links.push(
        ...attributes.filter(([, key]) => key === 'href').map(([, , value = '']) => resolved(value)),
      );
      if (name !== 'meta') open.push({ name, from: text.length });
    }
    const close = groups['close'];
    if (close !== undefined) {
      const opened = open.pop();
      if (opened?.name !== close) throw new Error(`</${close}> closes <${opened?.name ?? 'nothing'}>`);
      if (!INLINE.has(close)) text += '\n';
      if (close === 'bdi') isolated.push(text.slice(opened.from));
      tags.push(`</${close}>`);
    }
  }
  if (open.length > 0) throw new Error(`left open: ${open.map(({ name }) => name).join(', ')}`);
  return { tags, links, text, isolated };
}

function resolved(attribute: string): string {
  return attribute.replace(/&[a-z#0-9]+;/g, (entity) => ENTITIES[entity] ?? entity);
}
