import * as z from 'zod';
import { type Finding, wrong } from './finding';
import { type Patient } from './patient';

const whole = (text: string): boolean => /^\d+$/.test(text);

/** What a setting has to look like, and whether it may be left out. */
const SETTINGS: Readonly<
  Record<string, { fits: (value: string) => boolean; is: string; optional?: boolean }>
> = {
  PUBLIC_BASE_URL: {
    fits: (value) => /^https:\/\/[^/]+$/.test(value) && z.url().safeParse(value).success,
    is: 'an https origin without a slash at its end, where Hosting serves the project',
  },
  TWILIO_FROM: { fits: (value) => /^\+[1-9]\d{6,14}$/.test(value), is: 'a number in E.164 form' },
  EMAIL_FROM: { fits: (value) => z.email().safeParse(value).success, is: 'an e-mail address' },
  EMAIL_FROM_NAME: { fits: (value) => value.trim() !== '', is: 'a name' },
  SMS_PER_SECOND: {
    fits: (value) => whole(value) && Number(value) > 0,
    is: 'a whole number',
    optional: true,
  },
  EMAILS_PER_SECOND: {
    fits: (value) => whole(value) && Number(value) > 0,
    is: 'a whole number',
    optional: true,
  },
  PLATFORM_FEE_BASIS_POINTS: {
    fits: (value) => whole(value) && Number(value) <= 10_000,
    is: 'a whole number up to 10000',
    optional: true,
  },
  CLERK_ISSUER: {
    fits: (value) => value === '' || z.url().safeParse(value).success,
    is: "Clerk's Frontend API URL, or empty",
    optional: true,
  },
};

/** Domains and numbers that nobody can have: fine on the local stack, lost messages anywhere else. */
const MADE_UP = /(\.|@)(example|test|invalid|localhost)$|^\+447700900\d{3}$/;

/** The settings: are they there, and can they be used? */
export function checkConfiguration({ settings, isReal }: Patient): Finding[] {
  return Object.entries(SETTINGS).flatMap(([name, { fits, is, optional }]) => {
    const value = settings[name];
    const fix = `Set ${name} in functions/.env.<project id> to ${is}, and deploy.`;
    if (value === undefined)
      return optional === true ? [] : [wrong('configuration', `${name} is not set.`, fix)];
    if (!fits(value)) return [wrong('configuration', `${name} is not ${is}.`, fix)];
    return isReal && MADE_UP.test(value)
      ? [wrong('configuration', `${name} is made up: nobody can own it.`, fix)]
      : [];
  });
}
