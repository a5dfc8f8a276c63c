const STOP = ['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL'];
/** YES opts in again on some kinds of sender only, and is left out. */
const START = ['START', 'UNSTOP'];

/** What Twilio itself takes a reply for: only a whole body that is one of its default words, in any case. */
export function keyword(body: string): 'STOP' | 'START' | undefined {
  const word = body.trim().toUpperCase();
  if (STOP.includes(word)) return 'STOP';
  return START.includes(word) ? 'START' : undefined;
}
