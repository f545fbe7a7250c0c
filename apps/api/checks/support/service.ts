// Runs the built service as a process of its own, as a supervisor does, and reads its log.

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const mainModule = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface LogLine {
  readonly level: number;
  readonly msg?: string;
  readonly [member: string]: unknown;
}

/** Pino's number for the level "error". */
const errorLevel = 50;

/** The lines at level "info" of many thousand requests are not kept. */
const maxKeptLines = 2000;

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Resource limits, as arguments of prlimit(1). */
  readonly limits?: readonly string[];
  /** A file for its log, which is followed by tail(1). */
  readonly logFile?: string;
  readonly spawn?: Pick<SpawnOptions, 'uid' | 'gid'>;
}

export class Service {
  readonly process: ChildProcess;
  /** Resolves with the port; rejects where the process ends first. */
  readonly listening: Promise<number>;
  readonly exited: Promise<void>;
  readonly warnings: LogLine[] = [];
  stderr = '';
  readonly #lines: LogLine[] = [];
  #port: number | undefined;

  constructor({ env = {}, limits, logFile, spawn: options }: StartOptions) {
    const command = [process.execPath, mainModule];
    const [program, ...args] = limits ? ['prlimit', ...limits, ...command] : command;
    const log = logFile === undefined ? 'pipe' : openSync(logFile, 'a');
    const quiet = { RATE_LIMIT: '0', PORT: '0', PATH: process.env['PATH'] };
    this.process = spawn(program!, args, {
      env: { ...quiet, ...env },
      stdio: ['ignore', log, 'pipe'],
      ...options,
    });
    this.exited = once(this.process, 'exit').then(() => {});
    this.process.stderr!.on('data', text => {
      this.stderr = (this.stderr + text).slice(-10_000);
    });
    if (typeof log === 'number') closeSync(log);
    const input =
      this.process.stdout ??
      spawn('tail', ['-f', '-n', '+1', `--pid=${this.process.pid}`, `${logFile}`]).stdout;
    const lines = createInterface({ input });
    this.listening = new Promise((resolve, reject) => {
      lines.on('line', line => {
        const port = this.#read(line);
        if (port !== undefined) resolve(port);
      });
      this.exited.then(() => reject(new Error(`The service ended: ${this.stderr}`)));
    });
    this.listening.catch(() => {});
  }

  get pid(): number {
    return this.process.pid!;
  }

  get port(): number {
    return this.#port!;
  }

  get hasExited(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** Whether a line at level warn or above matches, now or later within this time. */
  async logs(pattern: RegExp, withinMs = 5000): Promise<boolean> {
    const end = Date.now() + withinMs;
    for (;;) {
      if (this.warnings.some(line => pattern.test(JSON.stringify(line)))) return true;
      if (Date.now() > end) return false;
      await pause(50);
    }
  }

  /** The last lines, for the report of a failure. */
  lastLines(count: number): readonly LogLine[] {
    return this.#lines.slice(-count);
  }

  errors(): readonly LogLine[] {
    return this.warnings.filter(({ level }) => level >= errorLevel);
  }

  /** Ends the process by a signal. @returns whether it ended within this time */
  async end(signal: NodeJS.Signals = 'SIGTERM', withinMs = 15_000): Promise<boolean> {
    this.process.kill(signal);
    const isOver = await Promise.race([this.exited.then(() => true), pause(withinMs)]);
    if (!isOver) this.process.kill('SIGKILL');
    await this.exited;
    return isOver === true;
  }

  /** Keeps the line. @returns the port, where this line announces it */
  #read(text: string): number | undefined {
    if (!text.startsWith('{')) return undefined;
    const line: LogLine = JSON.parse(text);
    if (line.level >= 40 && this.warnings.length < maxKeptLines) this.warnings.push(line);
    this.#lines.push(line);
    if (this.#lines.length > 2 * maxKeptLines) this.#lines.splice(0, maxKeptLines);
    if (this.#port !== undefined) return undefined;
    const port = /listening at http:\/\/[^ ]*:(\d+)/.exec(line.msg ?? '')?.[1];
    if (port !== undefined) this.#port = Number(port);
    return this.#port;
  }
}

/** Starts the service and waits until it listens. */
export async function startService(options: StartOptions): Promise<Service> {
  const service = new Service(options);
  await service.listening;
  return service;
}

/** Waits; only for what sends no event. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
