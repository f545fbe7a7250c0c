// Starts the measured services, each in a process of its own on a free loopback port.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface Contestant {
  readonly url: string;
  readonly process: ChildProcess;
  /** From spawning the process to its first ready answer. */
  readonly startMs: number;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const python = '/usr/bin/python3';

/** The path of the champion's file. */
export function championFile(): string {
  const { path } = JSON.parse(readFileSync(`${root}models/champion.json`, 'utf8'));
  return `${root}models/${path}`;
}

/** @param variables of its environment */
export function startOurs(variables: Readonly<Record<string, string>> = {}): Promise<Contestant> {
  const env = { ...process.env, LOG_LEVEL: 'info', RATE_LIMIT: '0', ...variables };
  return start(port => ({
    command: process.execPath,
    args: [`${root}apps/api/dist/main.js`],
    env: { ...env, PORT: port },
    ready: '/health/ready',
  }));
}

/** Whether the Python packages are installed. */
export function hasPython(): boolean {
  const packages = 'import fastapi, uvicorn, PIL, numpy, multipart';
  return spawnSync(python, ['-c', packages]).status === 0;
}

/** @param network the path of a model file, or the layer sizes of a network with random weights */
export async function startPython(network: string): Promise<Contestant> {
  const script = fileURLToPath(new URL('peers/fastapi_service.py', import.meta.url));
  return start(port => ({
    command: python,
    args: [script, network, port],
    env: process.env,
    ready: '/openapi.json',
  }));
}

interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** A path that is answered once the service is ready. */
  readonly ready: string;
}

async function start(commandFor: (port: string) => Command): Promise<Contestant> {
  const port = await freePort();
  const { command, args, env, ready } = commandFor(port);
  const started = performance.now();
  // Logs are written, as in production, but discarded.
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'ignore'] });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(`${url}${ready}`))) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  return { url, process: child, startMs: performance.now() - started };
}

function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    response => response.ok,
    () => false,
  );
}

async function freePort(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return String(port);
}
