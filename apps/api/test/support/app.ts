// The app with a tiny model, for tests that ask it over HTTP.
import { rm } from 'node:fs/promises';
import { type Champion, loadChampion } from '@digits/nn';
import type { ExecutionContext } from 'ava';
import { type AppOptions, buildApp } from '../../src/app.ts';
import { writeTinyModel } from './tiny-model.ts';

export async function loadTinyChampion(): Promise<Champion> {
  const folder = await writeTinyModel();
  const champion = await loadChampion(folder);
  await rm(folder, { recursive: true });
  return champion;
}

interface TestAppOptions extends Partial<AppOptions['config']> {
  readonly models?: AppOptions['models'];
  readonly logger?: AppOptions['logger'];
}

/** An app for one test, closed after it. */
export async function buildTestApp(t: ExecutionContext, options: TestAppOptions = {}) {
  const { maxFileBytes = 1_000_000, maxPixels = 1_000_000, logger = false } = options;
  const models = options.models ?? { champion: await loadTinyChampion() };
  const app = await buildApp({ config: { maxFileBytes, maxPixels }, models, logger });
  t.teardown(() => app.close());
  return app;
}
