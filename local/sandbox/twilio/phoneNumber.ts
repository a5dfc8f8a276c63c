import { z } from 'zod';

/** Britain's national numbers have nine or ten digits after the +44; elsewhere only E.164's own bounds are known. */
const POSSIBLE = /^\+(?:44[1-9]\d{8,9}|(?!44)[1-9]\d{6,14})$/;

/** A possible number in E.164 form. Not every possible number exists. */
export const phoneNumber = z.string().regex(POSSIBLE, { error: 'not a possible E.164 number' });
