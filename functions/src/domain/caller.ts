/** Who makes a call, as Firebase Auth vouches for it. */
export interface Caller {
  readonly uid: string;
  /** Lower case; null unless the address is verified. */
  readonly verifiedEmail: string | null;
  /** His token says that he is an admin; his record has the last word. */
  readonly saysAdmin: boolean;
}
