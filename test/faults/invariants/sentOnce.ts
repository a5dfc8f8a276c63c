import { type Books } from './books';

/** A provider took each message once at the most, and what it took is not said to have been kept back. */
export function sentOnce(books: Books): string[] {
  return [...books.timesSent()].flatMap(([id, times]) => {
    const { status } = books.at(`outbox/${id}`);
    return [
      ...(times > 1 ? [`outbox/${id} was sent ${times} times`] : []),
      ...(status === 'suppressed' || status === 'cancelled'
        ? [`outbox/${id} was sent, and is ${String(status)}`]
        : []),
    ];
  });
}
