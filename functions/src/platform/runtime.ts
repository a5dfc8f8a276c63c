/** The project that this process serves; set by Cloud Functions and by the emulators. */
export function projectId(): string {
  return process.env['GCLOUD_PROJECT'] ?? process.env['GOOGLE_CLOUD_PROJECT'] ?? '';
}

/**
 * True only for a `demo-` project. Firebase guarantees that no real project has such an id, so whatever hangs on this
 * (the provider sandbox, crash points, a clock that follows the schedule) can not be switched on in production.
 */
export function isLocalStack(): boolean {
  return projectId().startsWith('demo-');
}
