import { GONE, type Data, type Filter, type Value } from '../model/case';
import { type Auth, personas } from '../model/personas';
import { type Driver, type Outcome } from './driver';

const ATTEMPTS = 5;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Loads rules into a project of the emulator. @returns what the compiler says against them, or null. */
export async function loadRules(host: string, projectId: string, rules: string): Promise<string | null> {
  const answer = await fetch(`http://${host}/emulator/v1/projects/${projectId}:securityRules`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ rules: { files: [{ name: 'firestore.rules', content: rules }] } }),
  });
  return answer.ok ? null : answer.text();
}

/** Questions over Firestore's REST interface: nothing to open or to close, so that each mutant costs little. */
export function restDriver(host: string, projectId: string): Driver {
  const root = `projects/${projectId}/databases/(default)/documents`;
  const url = (path: string): string => `http://${host}/v1/${root}${path}`;
  const send = async (auth: Auth | 'server', path: string, body?: Json, attempt = 1): Promise<Outcome> => {
    const token = auth === 'server' ? 'owner' : auth === null ? null : unsignedToken(projectId, auth);
    const answer = await fetch(url(path), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    // Questions about one document meet when a mutant allows what is asked: Firestore says to try again.
    if ((answer.status === 409 || answer.status === 503) && attempt < ATTEMPTS)
      return send(auth, path, body, attempt + 1);
    if (answer.status === 403) return 'denied';
    if (answer.ok || (answer.status === 404 && body === undefined)) return 'allowed';
    return { trouble: `${answer.status} ${text.slice(0, 300)}` };
  };
  const save = (path: string, data: Data): Json => ({
    update: { name: `${root}/${path}`, fields: encodeFields(data) },
  });
  return {
    ask: ({ who, op, path, data = {}, filters = [], group: allDescendants = false, together = {} }) => {
      const auth: Auth = personas[who];
      const commit = (first: Json): Promise<Outcome> =>
        send(auth, ':commit', {
          writes: [first, ...Object.entries(together).map(([other, its]) => save(other, its))],
        });
      switch (op) {
        case 'get':
          return send(auth, `/${path}`);
        case 'list': {
          const parts = path.split('/');
          const collectionId = parts.pop() ?? '';
          const parent = parts.length === 0 ? '' : `/${parts.join('/')}`;
          const where = encodeFilters(filters, `${root}/${path}`);
          return send(auth, `${parent}:runQuery`, {
            structuredQuery: {
              from: [{ collectionId, allDescendants }],
              limit: 1,
              ...(where === null ? {} : { where }),
            },
          });
        }
        case 'create':
          return commit(save(path, data));
        case 'update':
          return commit({
            update: { name: `${root}/${path}`, fields: encodeFields(data) },
            updateMask: { fieldPaths: Object.keys(data) },
            currentDocument: { exists: true },
          });
        case 'delete':
          return commit({ delete: `${root}/${path}` });
      }
    },
    write: async (documents) => {
      const entries = [...documents];
      for (let at = 0; at < entries.length; at += 400) {
        const writes = entries
          .slice(at, at + 400)
          .map(([path, data]) => (data == null ? { delete: `${root}/${path}` } : save(path, data)));
        const outcome = await send('server', ':commit', { writes });
        if (outcome !== 'allowed') throw new Error(`Seeding failed: ${JSON.stringify(outcome)}`);
      }
    },
  };
}

function unsignedToken(projectId: string, { uid, claims }: NonNullable<Auth>): string {
  const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');
  const issuer = `https://securetoken.google.com/${projectId}`;
  const payload = {
    iss: issuer,
    aud: projectId,
    sub: uid,
    user_id: uid,
    iat: 0,
    exp: 4_000_000_000,
    ...claims,
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.`;
}

function encodeFilters(filters: readonly Filter[], collection: string): Json {
  if (filters.length === 0) return null;
  const operators = { '==': 'EQUAL', in: 'IN', '>=': 'GREATER_THAN_OR_EQUAL' };
  return {
    compositeFilter: {
      op: 'AND',
      filters: filters.map(({ field, op, value }) => ({
        fieldFilter: {
          field: { fieldPath: field },
          op: operators[op],
          value:
            field === '__name__'
              ? { referenceValue: `${collection}/${typeof value === 'string' ? value : ''}` }
              : encode(value),
        },
      })),
    },
  };
}

function encodeFields(data: Data): { [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== GONE)
      .map(([field, value]) => [field, encode(value)]),
  );
}

function encode(value: Value): Json {
  if (value === null) return { nullValue: null };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { booleanValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { integerValue: String(value) } : { doubleValue: value };
  if (typeof value === 'symbol') throw new Error('Only an update takes a field away.');
  if (value instanceof Date) return { timestampValue: value.toISOString() };
  if (isList(value)) return { arrayValue: { values: value.map(encode) } };
  return { mapValue: { fields: encodeFields(value) } };
}

function isList(value: readonly Value[] | Data): value is readonly Value[] {
  return Array.isArray(value);
}
