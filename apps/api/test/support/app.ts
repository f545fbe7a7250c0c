// Builds the app with a tiny model, for tests over HTTP.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadedModel, loadChampion, loadVersion } from '@digits/nn';
import type { ExecutionContext } from 'ava';
import { type AppOptions, buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { writeTinyModel, writeTinyVersion } from './tiny-model.ts';

export async function loadTinyChampion(): Promise<LoadedModel> {
  const folder = await writeTinyModel();
  const champion = await loadChampion(folder);
  await rm(folder, { recursive: true });
  return champion;
}

interface TestAppOptions extends Partial<AppOptions['config']> {
  readonly models?: AppOptions['models'];
  readonly shadows?: AppOptions['shadows'];
  readonly metrics?: AppOptions['metrics'];
  readonly logger?: AppOptions['logger'];
  readonly loadTestImages?: AppOptions['loadTestImages'];
  readonly pageFolder?: AppOptions['pageFolder'];
}

/**
 * The defaults with limits that tests can reach, and without those that depend on the machine, as all
 * tests run in one process.
 */
const testConfig = {
  ...readConfig({}),
  maxFileBytes: 1_000_000,
  maxPixels: 1_000_000,
  maxEventLoopDelayMs: 0,
  maxMemoryBytes: 0,
};

/** An app that is closed at the teardown of its owner, usually a test. */
export async function buildTestApp(
  t: Pick<ExecutionContext, 'teardown'>,
  options: TestAppOptions = {},
) {
  const { models = await tinyModels(), shadows, metrics, logger = false, ...others } = options;
  const { loadTestImages, pageFolder, ...config } = others;
  const dataDir = join(tmpdir(), `digits-api-${randomUUID()}`);
  const app = await buildApp({
    config: { ...testConfig, dataDir, modelsFolder: join(dataDir, 'models'), ...config },
    models,
    ...(loadTestImages && { loadTestImages }),
    ...(pageFolder && { pageFolder }),
    logger,
    ...(shadows && { shadows }),
    ...(metrics && { metrics }),
  });
  t.teardown(async () => {
    await app.close();
    // The examples of neurons may still be written into it.
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  });
  return app;
}

/** A shadow of the tiny champion that predicts this digit for every picture. */
export async function loadTinyShadow(digit: number): Promise<LoadedModel> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  const shadow = await loadVersion(folder, await writeTinyVersion(folder, `tiny-${digit}`, digit));
  await rm(folder, { recursive: true });
  return shadow;
}

async function tinyModels(): Promise<AppOptions['models']> {
  return { champion: await loadTinyChampion() };
}
