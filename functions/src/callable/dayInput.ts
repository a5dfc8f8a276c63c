import * as z from 'zod';

/** A day of the calendar, 'YYYY-MM-DD' in London. */
export const dayInput = z.iso.date();
