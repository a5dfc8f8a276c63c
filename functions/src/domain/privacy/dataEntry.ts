import { type Retention } from './retention';

/** The ground on which it is held: UK GDPR, article 6(1). */
export type LawfulBasis =
  'contract' | 'legal obligation' | 'legitimate interests' | 'consent' | 'none needed';

/** How the rows of one freelancer are found. */
export type Owner =
  /** The document's id is his uid. */
  | { readonly by: 'id' }
  /** A field holds his uid; with `orId`, the document's id may as well. */
  | { readonly by: 'field'; readonly field: 'freelancerId' | 'uid'; readonly orId?: true }
  /** Parts below another document, each with his uid in `freelancerId`, also where that document is gone. */
  | { readonly by: 'part' }
  /** Below his rows of the collection that it is named after. */
  | { readonly by: 'parent' }
  /** The keyed hash of his own verified e-mail address. */
  | { readonly by: 'address' };

export type ExportRule =
  /** Every field, but these: the server's own working data. */
  { readonly withholds?: readonly string[] } | { readonly not: string };

/** What closing an account does to the rows of its freelancer. */
export type Erasure =
  | { readonly does: 'delete' }
  /** Goes with the row that it lies below. */
  | { readonly does: 'follow' }
  /** The row stays and these fields become null; `unless` it is one that nobody needs: then it is deleted. */
  | {
      readonly does: 'strip';
      readonly fields: readonly string[];
      readonly why: string;
      readonly unless?: { readonly field: string; readonly is: string };
    }
  /** The row stays with these fields and no other. */
  | { readonly does: 'reduce'; readonly to: readonly string[]; readonly why: string }
  /** It is not his, or it must outlive him. */
  | { readonly does: 'survive'; readonly why: string };

/** All that there is to say about the personal data of one collection. */
export interface DataEntry {
  /** The personal data in it; null: none. */
  readonly holds: string | null;
  readonly about: 'freelancer' | 'debtor' | 'freelancer and debtor' | 'admin' | 'nobody';
  readonly purpose: string;
  readonly basis: LawfulBasis;
  /** Who reads it, besides the server. */
  readonly readers: string;
  readonly retention: Retention;
  /** Null: no row of it is a freelancer's. */
  readonly owner: Owner | null;
  readonly export: ExportRule;
  readonly erasure: Erasure;
}
