// A log whose lines tests can wait for.

import { EventEmitter, once } from 'node:events';

interface LogLine {
  readonly msg?: string;
  readonly [member: string]: unknown;
}

/** The stream of an app's logger: records the lines. */
export class LogLines extends EventEmitter {
  readonly lines: LogLine[] = [];

  write(text: string): void {
    this.lines.push(JSON.parse(text));
    this.emit('line');
  }

  /** Resolves with the first line that matches, past or future. */
  async waitFor(matches: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.lines.find(matches);
      if (found) return found;
      await once(this, 'line');
    }
  }
}
