/** Conditions that have only one value in the emulator's report, as they stand in the rules, each with the reason. */
export const oneValued: Readonly<Record<string, string>> = {};
