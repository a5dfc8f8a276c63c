const SHAPE = /^[A-Za-z0-9_.-]{1,255}$/;

/**
 * Whether a text from outside may become a Firestore document id here: letters, digits, `_`, `.`, `-`, at most 255
 * characters. Refuses `.`, `..` and the `__name__` form, which Firestore keeps for itself.
 */
export function isDocumentId(text: unknown): text is string {
  return typeof text === 'string' && SHAPE.test(text) && !/^(\.{1,2}|__.*__)$/.test(text);
}
