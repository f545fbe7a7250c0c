// Keeps a folder on disk at the champion of MODELS_URL: polls its champion.json, and fetches and tests
// another version. While the server is away, the folder has the last champion.

import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type ChampionFile,
  maxChampionFileBytes,
  maxModelFileBytes,
  NnError,
  parseChampionFile,
} from '@digits/nn';
import { basicAuthorization } from '@digits/protocol/address';
import type { RemoteModelEvents } from '../inference/model-events.ts';
import type { RemoteModelsStatus } from '../inference/model-store.ts';
import { ServiceError } from '../service-error.ts';
import { fetchBounded } from './fetch-bounded.ts';
import { installVersion } from './model-cache.ts';

export interface RemoteModelsOptions extends RemoteModelEvents {
  /** The folder of champion.json; user and password are sent as Basic authentication. */
  readonly url: URL;
  /** The folder on disk, created when a version was fetched. */
  readonly folder: string;
  /** Mean time between two checks. */
  readonly intervalMs: number;
}

/** Between checks of replicas that were started together. A fraction of the interval, either way. */
const jitter = 0.2;

/** For champion.json. */
const championTimeoutMs = 5000;

/** For a model file: 10 MB at 1 Mbit/s take 80 s. */
const modelTimeoutMs = 120_000;

export class RemoteModels {
  readonly #options: RemoteModelsOptions;
  readonly #base: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #closing = new AbortController();
  /** Those of the last check that succeeded. */
  #etag: string | null = null;
  #champion: ChampionFile | undefined;
  #checkedAt: Date | undefined;
  /** Why the last check failed. */
  #problem: NnError | ServiceError | undefined;
  #checking: Promise<void> | undefined;

  constructor(options: RemoteModelsOptions) {
    this.#options = options;
    this.#base = baseOf(options.url);
    this.#headers = authorizationOf(options.url);
  }

  get status(): RemoteModelsStatus {
    return {
      url: this.#base.href,
      sha256: this.#champion?.sha256,
      checkedAt: this.#checkedAt,
      problem: this.#problem?.code,
    };
  }

  /** Checks now and then at intervals, until `close`. @returns the first check */
  start(): Promise<void> {
    const first = this.check();
    void first.then(() => this.#poll());
    return first;
  }

  close(): void {
    this.#closing.abort();
  }

  async #poll(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const factor = 1 + jitter * (2 * Math.random() - 1);
      await pause(factor * this.#options.intervalMs, undefined, { signal, ref: false }).catch(
        () => {},
      );
      if (!signal.aborted) await this.check();
    }
  }

  /** Checks now, unless a check is in progress. Never rejects. */
  check(): Promise<void> {
    this.#checking ??= this.#checkOnce().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #checkOnce(): Promise<void> {
    const { onCheck, onProblem } = this.#options;
    try {
      const isInstalled = await this.#update();
      this.#checkedAt = new Date();
      this.#problem = undefined;
      onCheck(isInstalled ? 'installed' : 'unchanged');
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      const problem = toProblem(error, this.#options.folder);
      const isNew = problem.message !== this.#problem?.message;
      this.#problem = problem;
      onCheck('failed');
      if (isNew) onProblem(problem);
    }
  }

  /** @returns whether the folder has another champion now */
  async #update(): Promise<boolean> {
    const { folder, onInstalled } = this.#options;
    const conditional = this.#etag === null ? undefined : { 'if-none-match': this.#etag };
    const response = await this.#fetch(
      'champion.json',
      maxChampionFileBytes,
      championTimeoutMs,
      conditional,
    );
    if (response === undefined) return false;
    const source = new URL('champion.json', this.#base).href;
    const champion = parseChampionFile(response.bytes.toString(), source);
    const isInstalled =
      !isDeepStrictEqual(champion, this.#champion) &&
      (await installVersion(folder, champion, () => this.#fetchModel(champion)));
    // Remembered only now: after a failure the next check tries the version again.
    this.#etag = response.etag;
    this.#champion = champion;
    if (isInstalled) onInstalled(champion);
    return isInstalled;
  }

  async #fetchModel({ path }: ChampionFile): Promise<Buffer> {
    const model = await this.#fetch(path, maxModelFileBytes, modelTimeoutMs);
    if (model) return model.bytes;
    throw new ServiceError('models-url-unavailable', `${path}: it answers 304`);
  }

  /** @param path as in champion.json: without `..`, so that it stays below the base */
  #fetch(path: string, maxBytes: number, timeoutMs: number, headers = {}) {
    return fetchBounded({
      url: new URL(path, this.#base),
      headers: { ...this.#headers, ...headers },
      maxBytes,
      timeoutMs,
      signal: this.#closing.signal,
    });
  }
}

/** The address of the folder, which ends in a slash, without user and password. */
function baseOf(url: URL): URL {
  const base = new URL(url.href.endsWith('/') ? url : `${url.href}/`);
  base.username = '';
  base.password = '';
  return base;
}

function authorizationOf(url: URL): Readonly<Record<string, string>> {
  const authorization = basicAuthorization(url);
  return authorization === undefined ? {} : { authorization };
}

function toProblem(error: unknown, folder: string): NnError | ServiceError {
  if (error instanceof NnError || error instanceof ServiceError) return error;
  const reason = `${folder} cannot be written: ${(error as Error).message}`;
  return new NnError('write-failed', reason, { cause: error });
}
