import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { privateFolder } from './logFolder';

/**
 * The clock of one local stack: the functions (RECOUP_CLOCK_FILE) and the sandbox read it. While it is set, it stands
 * at that instant; else it shows the present.
 */
export class LocalClock {
  readonly file: string;

  /** @param name tells stacks in one checkout apart */
  constructor(name: string) {
    this.file = join(privateFolder, 'clocks', name);
    mkdirSync(dirname(this.file), { recursive: true });
    this.present();
  }

  now(): Date {
    try {
      return new Date(readFileSync(this.file, 'utf8'));
    } catch {
      return new Date();
    }
  }

  travel(instant: Date): void {
    writeFileSync(this.file, instant.toISOString());
  }

  /** Goes with the real time again. */
  present(): void {
    rmSync(this.file, { force: true });
  }
}
