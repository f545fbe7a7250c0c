// Reads what Linux says of a process: its resident memory and its open files.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const kibibytesPerMebibyte = 1024;

/** Resident memory in MiB: now, and its peak since the last `resetPeak`. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / kibibytesPerMebibyte;
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
}

/** Restarts the measurement of the peak (man 5 proc_pid_clear_refs). */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The number of open file descriptors. */
export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
