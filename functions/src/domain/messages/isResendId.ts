/** Whether an id ends as those of messages that were sent anew do (`{id}_r1`): what a client chooses may not. */
export function isResendId(id: string): boolean {
  return /_r[0-9]+$/.test(id);
}
