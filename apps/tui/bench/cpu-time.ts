// The CPU time of a process, from /proc: unlike a latency it hardly depends on the load of the machine.

import { readFileSync } from 'node:fs';

/** USER_HZ, the unit of /proc, is a hundredth of a second. */
const tickMs = 10;

/** User and system time of a process: fields 14 and 15 of its status (proc(5)). */
export function cpuMs(pid: number): number {
  const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
