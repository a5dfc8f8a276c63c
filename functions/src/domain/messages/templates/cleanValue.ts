/** Characters; longer names are cut. Generous for a name, and no way to send somebody a book. */
const MOST = 300;

/**
 * A value that a person typed, made safe to stand in a line of ours: on one line, without control characters and
 * without the marks that turn the direction of what follows. Everything else stays as it was written.
 *
 * @param most characters (code points) to keep; what is cut off leaves an ellipsis
 */
export function cleanValue(value: string, most = MOST): string {
  const line = value
    .replace(/[\p{Bidi_Control}\u00AD\u200B\u2060-\u2064\uFEFF\uFFF9-\uFFFB]/gu, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\p{Control}\p{Separator}]+/gu, ' ')
    .trim();
  if (line.length <= most) return line;
  const characters = Array.from(line);
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
