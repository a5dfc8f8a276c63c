import { stripVTControlCharacters } from 'node:util';
import { type LogEntry } from './logFilter';

/**
 * What the functions wrote to a log, as Cloud Logging would keep it. Lines of the emulators and of the platform are left
 * out; the functions emulator puts `>` before what a function writes.
 */
export function logEntries(log: string): LogEntry[] {
  return stripVTControlCharacters(log)
    .split('\n')
    .flatMap((line) => {
      const json = /^(?:>\s*)?(\{"severity".*\})\s*$/.exec(line)?.[1];
      if (json === undefined) return [];
      const { severity, ...jsonPayload } = JSON.parse(json) as Record<string, unknown>;
      return [{ severity, resource: { type: 'cloud_run_revision' }, jsonPayload }];
    });
}
