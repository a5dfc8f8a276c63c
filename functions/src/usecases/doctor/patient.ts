import { type Firestore } from 'firebase-admin/firestore';
import { type ProjectApi } from '../../providers/google/projectApi';

/** A deployment that the doctor looks at. */
export interface Patient {
  /** A real project; the local stack is allowed its made-up secrets. */
  readonly isReal: boolean;
  readonly db: Firestore;
  readonly now: Date;
  /** Settings as `functions/.env.{project}` has them, by their names. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** A secret's value by its name; null when it is not set. @throws when it can not be read */
  readonly secret: (name: string) => Promise<string | null>;
  /** The made-up values of the local stack, by name: in production they open everything to everybody. */
  readonly samples: Readonly<Record<string, string | undefined>>;
  /** Where the providers' clients go instead of the real servers; only on the local stack. */
  readonly sandboxOrigin: string | undefined;
  /** Null: on the local stack nobody can be asked. */
  readonly project: Pick<ProjectApi, 'indexes' | 'rules'> | null;
  /** The text of firestore.indexes.json and of firestore.rules. */
  readonly indexFile: string;
  readonly rulesFile: string;
}
