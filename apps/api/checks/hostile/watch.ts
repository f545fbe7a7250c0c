// Watches the service during an attack: its readiness, how soon it answers, and whether known digits
// are answered as before.

import { pause } from '../support/service.ts';
import { ask } from './exchange.ts';
import type { Findings } from './findings.ts';
import type { Victim } from './victim.ts';

const intervalMs = 250;

/** A liveness probe that takes longer is a finding: supervisors kill a service that is silent. */
const maxProbeMs = 5000;

export interface Watcher {
  /** @returns how long the slowest liveness probe took, in ms */
  stop(): Promise<number>;
}

export function watch(victim: Victim, known: readonly string[], findings: Findings): Watcher {
  const { service } = victim;
  let isStopped = false;
  let slowestMs = 0;
  const probe = async (round: number) => {
    const startMs = performance.now();
    await ask(service.port, 'GET', '/health/live');
    const tookMs = performance.now() - startMs;
    slowestMs = Math.max(slowestMs, tookMs);
    if (tookMs > maxProbeMs) {
      findings.add({ kind: 'slow-probe', detail: `/health/live took ${tookMs.toFixed(0)} ms` });
    }
    const ready = await ask(service.port, 'GET', '/health/ready');
    // Overload is allowed under attack.
    if (
      ready.status === 200
        ? JSON.parse(`${ready.body}`).feedback !== 'available'
        : !isOverload(ready.body)
    ) {
      findings.add({ kind: 'not-ready', detail: `${ready.status} ${ready.body}` });
    }
    const place = round % known.length;
    const { status, body } = await ask(service.port, 'POST', '/predict', victim.known[place]!);
    if (`${status} ${body}` !== known[place] && !isOverload(body)) {
      findings.add({ kind: 'changed-answer', detail: `known digit ${place}: ${status} ${body}` });
    }
  };
  const loop = (async () => {
    for (let round = 0; !isStopped && !service.hasExited; round++) {
      await probe(round).catch(error => {
        if (!service.hasExited)
          findings.add({ kind: 'no-answer', detail: `while watched: ${error.message}` });
      });
      await pause(intervalMs);
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await loop;
      return slowestMs;
    },
  };
}

function isOverload(body: Buffer): boolean {
  return body.includes('"code":"overloaded"');
}
