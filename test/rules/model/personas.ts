/** Who asks: the uid and the claims of a token; null is a visitor who is not signed in. */
export type Auth = { readonly uid: string; readonly claims: Readonly<Record<string, unknown>> } | null;

export const OWNER = 'alice';
export const OTHER = 'mallory';
export const DEBTOR_EMAIL = 'dora.k@client.example';
export const DEBTOR_HASH = 'v1_5d0c';

/**
 * `other` and `owner` carry a claim `admin` that says no: a claim that is there but false opens nothing. The address of
 * `other` has U+212A, the sign for kelvin, which Unicode's lower case makes a `k`: it is not the debtor's.
 */
export const personas = {
  anonymous: null,
  owner: {
    uid: OWNER,
    claims: { email: 'alice@studio.example', email_verified: true, admin: false, emailHashes: ['v1_a11c'] },
  },
  other: {
    uid: OTHER,
    claims: { email: 'dora.\u212A@client.example', email_verified: true, admin: false, emailHashes: [] },
  },
  'debtor, verified': { uid: 'dora', claims: { email: DEBTOR_EMAIL, email_verified: true } },
  'debtor, in another case': {
    uid: 'dora-upper',
    claims: { email: 'Dora.K@Client.Example', email_verified: true },
  },
  'debtor, by hash': {
    uid: 'dora-hash',
    claims: { email: 'Sealed@client.example', email_verified: true, emailHashes: ['v1_0000', DEBTOR_HASH] },
  },
  'debtor, by the hash of his address': {
    uid: 'dora-sealed',
    claims: {
      email: 'Sealed@Client.example',
      email_verified: true,
      emailHashes: [DEBTOR_HASH],
      emailHashesOf: 'sealed@client.example',
    },
  },
  'debtor, moved to another address': {
    uid: 'dora-moved',
    claims: {
      email: 'moved@client.example',
      email_verified: true,
      emailHashes: [DEBTOR_HASH],
      emailHashesOf: 'sealed@client.example',
    },
  },
  'debtor, unverified': {
    uid: 'dora-unverified',
    claims: { email: DEBTOR_EMAIL, email_verified: false, emailHashes: [DEBTOR_HASH] },
  },
  admin: { uid: 'root', claims: { email: 'root@recoup.example', email_verified: true, admin: true } },
} satisfies Record<string, Auth>;

export type Persona = keyof typeof personas;

export const everyone = Object.keys(personas) as Persona[];

/** Whose token holds the hash of the address that they have. */
export const debtorsByHash: readonly Persona[] = ['debtor, by hash', 'debtor, by the hash of his address'];

export const debtors: readonly Persona[] = ['debtor, verified', 'debtor, in another case', ...debtorsByHash];

/** Everybody who is signed in. */
export const members = everyone.filter((who) => who !== 'anonymous');
