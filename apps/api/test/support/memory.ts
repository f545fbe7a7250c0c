// The memory of another process, from Linux's /proc.

import { readFileSync, writeFileSync } from 'node:fs';

const mebibyte = 1024;

/** Resident memory in MiB: now, and its peak since the last `resetPeak`. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kibibytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
  return { now: kibibytes('VmRSS') / mebibyte, peak: kibibytes('VmHWM') / mebibyte };
}

export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
