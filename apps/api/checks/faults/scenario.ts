// A scenario: a fault, what must hold in spite of it, and the service that it happens to.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTinyModel } from '../../test/support/tiny-model.ts';
import { ask } from '../hostile/exchange.ts';
import { Service, type StartOptions } from '../support/service.ts';

export interface Scenario {
  /** What `--only` takes. */
  readonly name: string;
  /** A sentence for the report. */
  readonly holds: string;
  /** @throws Error where it does not hold, Skipped where the machine does not allow the fault */
  run(context: Context): Promise<void>;
}

/** The machine does not allow the fault; the message says what it needs. */
export class Skipped extends Error {}

/** @throws Error with this message where the condition is false */
export function hold(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Folders and processes of one scenario, all of them removed after it. */
export class Context {
  readonly folder = mkdtempSync(join(tmpdir(), 'digits-faults-'));
  readonly dataDir = join(this.folder, 'data');
  readonly storeFile = join(this.dataDir, 'feedback.sqlite');
  readonly #services: Service[] = [];
  readonly #cleanups: (() => unknown)[] = [];
  #modelsDir: string | undefined;

  constructor() {
    mkdirSync(this.dataDir);
  }

  /** A models folder with a tiny network that predicts 7. */
  async modelsDir(): Promise<string> {
    if (this.#modelsDir === undefined) {
      const folder = await writeTinyModel();
      this.onEnd(() => rmSync(folder, { recursive: true, force: true }));
      this.#modelsDir = folder;
    }
    return this.#modelsDir;
  }

  /** Starts a service over this scenario's folders, and waits until it listens. */
  async start(options: StartOptions = {}): Promise<Service> {
    const service = await this.spawn(options);
    await service.listening;
    return service;
  }

  /** Starts a service that may never listen. */
  async spawn({ env, ...options }: StartOptions = {}): Promise<Service> {
    const usual = {
      DATA_DIR: this.dataDir,
      MODELS_DIR: await this.modelsDir(),
      // A busy machine must not be mistaken for the fault.
      MAX_EVENT_LOOP_DELAY_MS: '0',
    };
    const service = new Service({ ...options, env: { ...usual, ...env } });
    this.#services.push(service);
    return service;
  }

  /** Mounts a file system in memory over the data folder. @throws Skipped */
  mountData(size: string): void {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', this.dataDir], quiet);
    } catch {
      throw new Skipped('mount is not permitted');
    }
    this.onEnd(() => execFileSync('umount', ['--lazy', this.dataDir], quiet));
  }

  /** Remounts what `mountData` mounted with other options. */
  remountData(options: string): void {
    execFileSync('mount', ['-o', `remount,${options}`, this.dataDir], quiet);
  }

  onEnd(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
  }

  async end(): Promise<void> {
    for (const service of this.#services) if (!service.hasExited) await service.end('SIGKILL');
    for (const cleanup of this.#cleanups.toReversed()) await cleanup();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const quiet = { stdio: 'ignore' } as const;

/** @throws Error where the service does not answer this path with this status */
export async function holdStatus(service: Service, path: string, status: number): Promise<void> {
  const answer = await ask(service.port, 'GET', path);
  hold(answer.status === status, `${path} is ${answer.status}, not ${status}: ${answer.body}`);
}
