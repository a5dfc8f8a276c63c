/** A control call that makes no sense: answered with the status and one sentence, never with a stack. */
export class ControlError extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = 'ControlError';
  }
}
