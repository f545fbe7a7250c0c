// What a process has taken of the processor so far, by /proc: unlike a latency, hardly a matter of
// what else the machine does.

import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const tickMs = 10;

/** User and system time of a process: fields 14 and 15 of its status (proc(5)). */
export function cpuMs(pid: number): number {
  const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
