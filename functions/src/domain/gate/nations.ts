/** The three calendars of bank holidays in the United Kingdom. */
export const nations = ['england-and-wales', 'scotland', 'northern-ireland'] as const;
export type Nation = (typeof nations)[number];
