import { type MessageTemplate, messageTemplates, type ParamsOf } from '../messageTemplates';

/**
 * The values of a message as its template takes them.
 *
 * @throws Error that names the fields which do not fit; never a value, for it ends up in logs
 */
export function parseParams<T extends MessageTemplate>(template: T, params: unknown): ParamsOf<T> {
  if (!Object.hasOwn(messageTemplates, template)) throw new Error('there is no such message template');
  const parsed = messageTemplates[template].params.safeParse(params);
  // The entry that parsed it is the entry of T, which the compiler does not follow through the union.
  if (parsed.success) return parsed.data as ParamsOf<T>;
  const fields = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')],
  );
  throw new Error(`the values do not fit the message ${template}: ${[...new Set(fields)].join(', ')}`);
}
