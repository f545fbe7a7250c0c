// Attacks a service with many cases, and compares it with what it was before: its memory, its open
// files, its readiness, and its answers to known digits.

import { pause, type Service } from '../support/service.ts';
import { memoryOf, openFiles, resetPeak } from '../support/vitals.ts';
import { readContract } from './contract.ts';
import { type CountedFinding, Findings } from './findings.ts';
import { type SendOptions, sendAll } from './send-all.ts';
import { answersOf, startVictim, type Victim } from './victim.ts';
import { watch } from './watch.ts';

export interface AttackOptions extends SendOptions {
  /** How long the memory may take to come down after the attack; 0 where it is not checked. */
  readonly settleSeconds: number;
}

export interface AttackReport {
  readonly seed: number;
  readonly cases: number;
  readonly seconds: number;
  /** How often each status and code was the answer. */
  readonly answers: Readonly<Record<string, number>>;
  readonly before: Vitals;
  /** Undefined where the service crashed. */
  readonly after: Vitals | undefined;
  readonly slowestProbeMs: number;
  readonly findings: readonly CountedFinding[];
}

interface Vitals {
  readonly memoryMiB: number;
  readonly peakMiB: number;
  readonly openFiles: number;
}

/** Of the whole process, with 64 pictures of 24 megapixels or any mixture of requests. */
const maxPeakMiB = 300;

/** A minute after the attack. */
const maxGrowthMiB = 60;

/** SQLite opens its log and its index on first use. */
const maxExtraFiles = 4;

/** How long the last connections may take to close. */
const closeSeconds = 5;

export async function attack(options: AttackOptions): Promise<AttackReport> {
  const victim = await startVictim();
  try {
    return await attackVictim(victim, options);
  } finally {
    await victim.remove();
  }
}

async function attackVictim(victim: Victim, options: AttackOptions): Promise<AttackReport> {
  const { service } = victim;
  const findings = new Findings(options.log);
  const contract = await readContract(service.port);
  const known = await answersOf(victim);
  resetPeak(service.pid);
  const before = vitalsOf(service);

  const watcher = watch(victim, known, findings);
  const sent = await sendAll(victim, contract, findings, options);
  const slowestProbeMs = await watcher.stop();
  const after = service.hasExited ? undefined : await settle(service, before, options);

  if (after) {
    compare(before, after, findings, options);
    if ((await answersOf(victim)).join() !== known.join()) {
      findings.add({
        kind: 'changed-answer',
        detail: 'The known digits are answered differently.',
      });
    }
    if (!(await service.end())) {
      findings.add({ kind: 'hang', detail: 'The service did not end on SIGTERM.' });
    }
  }
  return { seed: options.seed, ...sent, before, after, slowestProbeMs, findings: findings.list };
}

function vitalsOf({ pid }: Service): Vitals {
  const { now, peak } = memoryOf(pid);
  return { memoryMiB: Math.round(now), peakMiB: Math.round(peak), openFiles: openFiles(pid) };
}

/** Waits until memory and files are as before, or for as long as they may take. */
async function settle(service: Service, before: Vitals, { settleSeconds }: AttackOptions) {
  const end = Date.now() + Math.max(closeSeconds, settleSeconds) * 1000;
  for (;;) {
    const now = vitalsOf(service);
    const areClosed = now.openFiles <= before.openFiles + maxExtraFiles;
    const isSmall = settleSeconds === 0 || now.memoryMiB <= before.memoryMiB + maxGrowthMiB;
    if ((areClosed && isSmall) || Date.now() > end) return now;
    await pause(250);
  }
}

function compare(before: Vitals, after: Vitals, findings: Findings, options: AttackOptions): void {
  const growth = after.memoryMiB - before.memoryMiB;
  if (after.peakMiB > maxPeakMiB) {
    findings.add({ kind: 'memory', detail: `${after.peakMiB} MiB at the peak` });
  }
  if (options.settleSeconds > 0 && growth > maxGrowthMiB) {
    findings.add({ kind: 'memory', detail: `${growth} MiB more than before` });
  }
  if (after.openFiles > before.openFiles + maxExtraFiles) {
    const detail = `${before.openFiles} files were open before, ${after.openFiles} are after`;
    findings.add({ kind: 'open-files', detail });
  }
}
