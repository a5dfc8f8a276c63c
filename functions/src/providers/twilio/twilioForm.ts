/** The fields of a form that Twilio posts. One that comes several times has all its values. */
export type TwilioForm = Readonly<Record<string, string | string[]>>;

/** Reads the bytes of an `application/x-www-form-urlencoded` body. Never throws: a signature decides what is good. */
export function readTwilioForm(rawBody: Uint8Array): TwilioForm {
  const pairs = new URLSearchParams(new TextDecoder().decode(rawBody));
  return Object.fromEntries(
    [...new Set(pairs.keys())].map((name) => {
      const values = pairs.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
