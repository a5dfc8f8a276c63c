import * as z from 'zod';

/** Why somebody does it, in his own words; kept in the audit log, so nobody's name or address belongs in it. */
export const reasonInput = z.string().trim().min(3).max(500);
