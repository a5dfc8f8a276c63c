/** Something that the person at the keyboard can put right: shown as one sentence, without a stack. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
