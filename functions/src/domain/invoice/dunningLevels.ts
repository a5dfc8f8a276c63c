/** From before the chase to its end; an invoice only moves forward through them. */
export const dunningLevels = ['pending', 'gentle', 'firm', 'final', 'agency'] as const;

export type DunningLevel = (typeof dunningLevels)[number];
