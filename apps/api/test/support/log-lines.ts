// A log that can be waited on.

import { EventEmitter, once } from 'node:events';

interface LogLine {
  readonly msg?: string;
  readonly [member: string]: unknown;
}

/** The stream for an app's logger: keeps the lines and finds the one a test waits for. */
export class LogLines extends EventEmitter {
  readonly lines: LogLine[] = [];

  write(text: string): void {
    this.lines.push(JSON.parse(text));
    this.emit('line');
  }

  /** The first line that matches, as soon as there is one. */
  async waitFor(matches: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.lines.find(matches);
      if (found) return found;
      await once(this, 'line');
    }
  }
}
