// Sends the cases of an attack, many at a time, and checks every answer.

import { memoryOf } from '../support/vitals.ts';
import { type CaseOptions, createCase, describeCase } from './cases.ts';
import { checkExchange } from './check-exchange.ts';
import type { Contract } from './contract.ts';
import { type Exchange, exchange } from './exchange.ts';
import type { Findings } from './findings.ts';
import type { Victim } from './victim.ts';

export interface SendOptions {
  readonly seed: number;
  readonly cases: number;
  /** The end, even where cases are left. */
  readonly seconds: number;
  /** The only route to attack. */
  readonly only: string | undefined;
  readonly log: (line: string) => void;
}

const parallel = 16;

const progressMs = 5000;

export async function sendAll(
  { service, targets }: Victim,
  contract: Contract,
  findings: Findings,
  options: SendOptions,
) {
  const { cases, seconds, log } = options;
  const caseOptions: CaseOptions = { ...options, targets, host: `127.0.0.1:${service.port}` };
  const answers: Record<string, number> = {};
  const inFlight = new Set<number>();
  const startMs = performance.now();
  const elapsed = () => (performance.now() - startMs) / 1000;
  let next = 0;

  const sendNext = async () => {
    const case_ = createCase(next++, caseOptions);
    const { id, request, follows } = case_;
    inFlight.add(id);
    const result = await exchange(service.port, request, follows);
    if (service.hasExited) return;
    inFlight.delete(id);
    const kind = kindOf(result);
    answers[kind] = (answers[kind] ?? 0) + 1;
    const fault = checkExchange(request, result, follows, contract);
    if (fault) findings.add({ ...fault, route: request.route, id, sent: describeCase(case_) });
  };
  const worker = async () => {
    while (next < cases && elapsed() < seconds && !service.hasExited) await sendNext();
  };

  const progress = setInterval(() => {
    const memory = service.hasExited ? 0 : memoryOf(service.pid).now;
    log(`${next} of ${cases} cases, ${elapsed().toFixed(0)} s, ${memory.toFixed(0)} MiB`);
  }, progressMs);
  await Promise.all(Array.from({ length: parallel }, worker));
  clearInterval(progress);
  if (service.hasExited) {
    const detail = `The service ended; in flight: ${[...inFlight].join(', ')}. ${service.stderr}`;
    findings.add({ kind: 'crash', detail });
  }
  return { cases: next, seconds: Math.round(elapsed()), answers };
}

/** What the report counts: the status with the code of the problem, or how the connection ended. */
function kindOf({ answers: [answer], outcome }: Exchange): string {
  if (!answer) return outcome;
  const code = /"code":"([a-z-]{1,40})"/.exec(answer.body.toString('latin1', 0, 1000))?.[1];
  return code === undefined ? String(answer.status) : `${answer.status} ${code}`;
}
