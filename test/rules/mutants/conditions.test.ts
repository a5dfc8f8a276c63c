import { rulesSource } from '../run/rulesSource';
import { findConditions } from './findConditions';
import { mutantsOf } from './mutate';
import { tokenize } from './tokenize';

const SMALL = `rules_version = '2';
// allow read: if true; is only a comment
service cloud.firestore {
  match /databases/{database}/documents {
    function mine(id) {
      /* return nothing; */
      let uid = request.auth.uid;
      return uid == id && resource.data.at <= 5;
    }
    match /notifications/{id} {
      allow read: if mine(id);
      allow create, update: if request.resource.data.keys().hasOnly(['read', 'at;']) || mine('}');
      match /private/{part=**} {
        allow get: if resource.data.mail.lower().matches('[a-z]{2}');
      }
    }
    match /{document=**} {
      allow read, write: if false;
    }
  }
}
`;

const textOf = (tokens: readonly { text: string }[]): string => tokens.map(({ text }) => text).join(' ');

describe('tokenize', () => {
  test('leaves comments out and keeps what is in quotes together', () => {
    const tokens = tokenize("a == 'x // y' // c\n&& /* d */ b[10:2]");
    expect(tokens.map(({ text }) => text)).toEqual([
      'a',
      '==',
      "'x // y'",
      '&&',
      'b',
      '[',
      '10',
      ':',
      '2',
      ']',
    ]);
  });

  test('says where each token is', () => {
    expect(tokenize("a\n/* one\ntwo */ 'b'").map(({ at, line }) => [at, line])).toEqual([
      [0, 1],
      [16, 3],
    ]);
  });

  test('keeps an escaped quote in its text', () => {
    expect(textOf(tokenize(String.raw`'it\'s' in x`))).toBe(String.raw`'it\'s' in x`);
  });

  test('refuses what is no token, and names the line', () => {
    expect(() => tokenize('a\n # b')).toThrow('Line 2: no token begins with #');
  });
});

describe('findConditions', () => {
  test('finds each condition with its place and methods', () => {
    expect(
      findConditions(SMALL).map(({ of, kind, methods, tokens }) => [
        of,
        kind,
        textOf(methods),
        textOf(tokens),
      ]),
    ).toEqual([
      ['mine', 'function', '', 'request . auth . uid'],
      ['mine', 'function', '', 'uid == id && resource . data . at <= 5'],
      ['notifications', 'allow', 'read', 'mine ( id )'],
      [
        'notifications',
        'allow',
        'create update',
        "request . resource . data . keys ( ) . hasOnly ( [ 'read' , 'at;' ] ) || mine ( '}' )",
      ],
      [
        'notifications/private',
        'allow',
        'get',
        "resource . data . mail . lower ( ) . matches ( '[a-z]{2}' )",
      ],
      ['', 'allow', 'read write', 'false'],
    ]);
  });

  test('refuses blocks that do not close', () => {
    expect(() => findConditions(SMALL.slice(0, -4))).toThrow('A block stays open.');
    expect(() => findConditions(`${SMALL}}`)).toThrow('a block closes that is not open');
  });

  test('finds every `allow` and every `return` of the rules', () => {
    const code = rulesSource().replaceAll(/\/\/.*|\/\*\*?.*\*\//g, '');
    const found = findConditions(rulesSource());
    expect(found.filter(({ kind }) => kind === 'allow')).toHaveLength([...code.matchAll(/\ballow /g)].length);
    expect(found.filter(({ kind }) => kind === 'function')).toHaveLength(
      [...code.matchAll(/\b(return|let) /g)].length,
    );
  });
});

describe('mutantsOf', () => {
  const mutants = mutantsOf(SMALL);
  const linesOf = (mutation: string): (string | undefined)[] =>
    mutants
      .filter((mutant) => mutant.mutation === mutation)
      .map(({ rules }) =>
        rules
          .split('\n')
          .find((line, i) => line !== SMALL.split('\n')[i])
          ?.trim(),
      );

  test.each([
    ['without uid == id', 'return true && resource.data.at <= 5;'],
    ["without mine('}')", '|| false;'],
    ['<= → >', 'return uid == id && resource.data.at > 5;'],
    ['5 → 6', 'return uid == id && resource.data.at <= 6;'],
    ['create, update → write', 'allow write: if request'],
    ['get → read', 'allow read: if resource'],
    ['list emptied', 'hasOnly([])'],
    ["list without 'read'", "hasOnly(['at;'])"],
    ["list with 'title'", "hasOnly(['read', 'at;', 'title'])"],
    ['without .lower()', "resource.data.mail.matches('[a-z]{2}')"],
    ["'[a-z]{2}' → '(?s).*'", "matches('(?s).*')"],
    ['hasOnly → hasAny', "hasAny(['read', 'at;'])"],
    ['request.resource → resource', 'if resource.data.keys()'],
    ['resource → request.resource', 'request.resource.data.at <= 5'],
    ['false → true', 'allow read, write: if true;'],
    ['all of it → true', 'let uid = true;'],
  ])('%s', (mutation, line) => {
    expect(linesOf(mutation)[0]).toContain(line);
  });

  test('each is one change, and no two are the same', () => {
    const sources = mutants.map(({ rules }) => rules);
    expect(new Set(sources).size).toBe(sources.length);
    expect(sources).not.toContain(SMALL);
  });

  test('a list of names loses each and all of them, an index is no list', () => {
    const rules = SMALL.replace("'read', 'at;'", 'id, true').replace('mine(id)', 'mine(id[0:id.size()])');
    const named = mutantsOf(rules).filter(({ mutation }) => mutation.startsWith('list '));
    expect(named.map(({ mutation }) => mutation)).toEqual([
      'list emptied',
      'list without id',
      'list without true',
      "list with 'title'",
      "list with 'freelancerId'",
    ]);
  });

  test('a condition within a condition would hide its parts, and is an error', () => {
    expect(() => mutantsOf(SMALL.replace('uid == id', '(uid == id || uid == null)'))).toThrow('Line 8:');
    expect(() => mutantsOf(SMALL.replace('uid == id', 'uid == id || uid == null'))).toThrow('Line 8:');
  });

  test('a list of which nothing is known that it must not let in is an error', () => {
    expect(() => mutantsOf(SMALL.replace('/notifications/', '/unheard_of/'))).toThrow('"unheard_of"');
  });
});
