// The load generator: wrk where it is installed, as it takes little processor time from the service,
// otherwise autocannon. Both use sixteen kept connections.

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon, { type Request } from 'autocannon';

export const connections = 16;

export interface Load {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  /** Requests without a 2xx. */
  readonly refused: number;
}

const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

export const loadGenerator = hasWrk ? 'wrk' : 'autocannon';

export function measureLoad(url: string, request: Request, seconds: number): Promise<Load> {
  return hasWrk
    ? measureWithWrk(url, request, seconds)
    : measureWithAutocannon(url, request, seconds);
}

async function measureWithAutocannon(
  url: string,
  request: Request,
  seconds: number,
): Promise<Load> {
  const result = await autocannon({ url, connections, duration: seconds, requests: [request] });
  return {
    requestsPerSecond: result['2xx'] / result.duration,
    p99Ms: result.latency.p99,
    refused: result.non2xx + result.errors,
  };
}

async function measureWithWrk(url: string, request: Request, seconds: number): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'digits-bench-'));
  try {
    writeFileSync(join(folder, 'body'), request.body ?? '');
    const script = join(folder, 'request.lua');
    writeFileSync(script, luaFor(request, join(folder, 'body')));
    const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script];
    const { stdout } = await promisify(execFile)('wrk', [...options, `${url}${request.path}`]);
    return JSON.parse(stdout.slice(stdout.lastIndexOf('{')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A wrk script that sends the file at this path and prints the result as JSON. */
function luaFor({ method, headers }: Request, body: string): string {
  const lines = Object.entries(headers ?? {}).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  );
  return `
local file = io.open(${JSON.stringify(body)}, "rb")
wrk.method, wrk.body = ${JSON.stringify(method)}, file:read("*a")
${lines.join('\n')}
function done(summary, latency)
  local errors = summary.errors
  local refused = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local answered = summary.requests - errors.status
  io.write(string.format('{"requestsPerSecond":%f,"p99Ms":%f,"refused":%d}',
    answered / summary.duration * 1e6, latency:percentile(99) / 1000, refused))
end
`;
}
