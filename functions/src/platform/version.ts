/** The version of the package that is deployed; a test holds it to functions/package.json. */
export const VERSION = '0.1.0';

/** Which deployment this is; set by Cloud Run. */
export function revision(): string {
  return process.env['K_REVISION'] ?? 'local';
}
