import { type Firestore } from 'firebase/firestore';
import { type SnippetBook } from '../support/docSnippets';

/** Runs a block of the document on a Firestore that holds nothing, until it has got its answer. */
export async function runOnNothing(book: SnippetBook, name: string, db: Firestore): Promise<void> {
  let end: unknown;
  await new Promise<void>((resolve, reject) => {
    const context = {
      db,
      uid: 'anybody',
      email: 'anybody@client.example',
      emailHash: 'v1_00',
      invoiceId: 'anything',
      status: 'sent',
      onChange: () => resolve(),
      onError: reject,
    };
    book.call<unknown>(name, context).then((result) => {
      // A listener answers with what ends it, and later with what it found.
      if (typeof result === 'function') end = result;
      else resolve();
    }, reject);
  });
  if (typeof end === 'function') (end as () => void)();
}
