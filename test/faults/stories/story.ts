import { type ProviderName } from '../../../local/sandbox/provider';
import { type Books } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { type Scene } from '../run/scene';

/** One whole use case, from what is there before to what must hold after. A story is one file of this folder. */
export interface Story {
  readonly name: string;
  /** The crash points that its deeds pass, among them those that no other story does. */
  readonly crashPoints: readonly string[];
  /** The provider that its deeds ask; null when they ask none. */
  readonly provider: ProviderName | null;
  /** Contact data is sealed in every plan of it; left out: in those that say so. */
  readonly sealed?: boolean;
  /** Sets up what is there before. */
  begin(scene: Scene): Promise<Act>;
}

/** A story that has begun. */
export interface Act {
  /** What happens, in its order. */
  readonly deeds: readonly Deed[];
  /** Whether they may happen in any order: what people and providers do independently of each other. */
  readonly anyOrder?: boolean;
  /** The chase is looked at up to this moment; left out: not at all. */
  readonly chaseUntil?: Date;
  /** What must hold when all is still, besides what must hold for every story. @returns what does not */
  check(books: Books): string[];
}
