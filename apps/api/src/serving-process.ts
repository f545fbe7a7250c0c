// One process of the service, which listens: the only one, or one of several workers. A parent that
// spawns it with an IPC channel receives the address, and the service exits with its parent.

import { setTimeout as pause } from 'node:timers/promises';
import { layersOf } from '@digits/nn';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { type Config, limitsOfWorker } from './config/config.ts';
import { isLoopback } from './config/host-name.ts';
import { rollbackAdvice, type ServiceInstallation } from './config/installation.ts';
import { warmUpDecoder } from './image/decode.ts';
import { warmUpClassifier } from './inference/classify.ts';
import { modelEvents, type RemoteModelEvents } from './inference/model-events.ts';
import { type ModelStore, noShadow } from './inference/model-store.ts';
import {
  defaultMaxLoadMs,
  type ModelEvents,
  type WatchedModels,
  watchModels,
} from './inference/watched-model.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createLoggerOptions } from './process/logger.ts';
import { closeOnSignals, type RunningApp, reloadOnHangup, tellParent } from './process/shutdown.ts';
import { explainStartupFailure } from './process/startup-failure.ts';
import { RemoteModels } from './remote-models/remote-models.ts';
import { loadSerializer } from './schemas/compilers.ts';
import { type WatchedShadow, watchShadow } from './shadow/watched-shadow.ts';
import type { SupervisorLink } from './workers/supervisor-link.ts';

/** Loading the decoder blocks the event loop, so the first readiness probe is answered before. */
const warmUpDelayMs = 500;

/** Loads what the start does without, before the first picture arrives. */
async function warmUp({ champion }: ModelStore): Promise<void> {
  if (champion) warmUpClassifier(champion);
  await loadSerializer();
  await warmUpDecoder();
}

interface ServingOptions {
  readonly config: Config;
  readonly installation: ServiceInstallation;
  /** For a worker: connects it to its supervisor. */
  readonly connect?: (onClose: () => void) => SupervisorLink;
}

export async function startServing(options: ServingOptions): Promise<void> {
  const { installation, connect } = options;
  const config = limitsOfWorker(options.config);
  const metrics = createMetrics();
  const events = modelEvents(metrics, rollbackAdvice(installation));
  const { modelsFolder: folder, wideVectors } = config;
  const models = watchModels({ folder, wideVectors, ...events.champion });
  const running: RunningApp = { app: undefined };
  const close = closeOnSignals(running, config, connect && ['SIGINT']);
  const supervisor = connect?.(close);
  const isChild = process.send !== undefined && supervisor === undefined;
  if (isChild) process.once('disconnect', close);
  const remote = watchRemoteModels(models, config, events.remote);
  // The model's file is read while the app is built; that of MODELS_URL is fetched before.
  const isLoaded = remote ? remote.start().then(models.reload) : models.reload();
  const shadow = startShadow(models, config, events.shadow);
  reloadOnHangup(() => {
    models.reload();
    remote?.check();
    shadow?.reload();
  }, close);
  const logger = await createLoggerOptions(config, process.stdout.isTTY);
  const shadows = shadow ?? noShadow;
  const app = await buildApp({
    ...{ config, models, shadows, remoteModels: remote, logger, metrics, workers: supervisor },
    pageFolder: installation.pageFolder,
  });
  await Promise.race([isLoaded, pause(defaultMaxLoadMs, undefined, { ref: false })]);
  // A parent process gets the failure immediately; a supervisor polls /health/ready instead.
  if (models.loadError && isChild) throw models.loadError;
  await supervisor?.prepared(explainStartupFailure(models.loadError, installation)?.join('\n'));
  events.logTo(app.log);
  warnIfUnprotected(app, config);
  const url = await app.listen({ host: config.host, port: config.port });
  running.app = app;
  if (process.stdout.isTTY && !supervisor) announce(app, url, config);
  setTimeout(() => {
    // The first request that needs a module tries to load it again.
    warmUp(models).catch(err => app.log.warn({ err }, 'the decoder could not be loaded'));
  }, warmUpDelayMs).unref();
  supervisor?.listening(url);
  if (isChild) tellParent(url, close);
}

/** Says in a terminal what to open in a browser. */
function announce(app: FastifyInstance, url: string, { browserPage }: Config): void {
  if (browserPage === 'on') app.log.info(`Draw digits in a browser at ${url}/`);
  app.log.info(`Documentation, and a form to try it, at ${url}/docs`);
}

/** @returns undefined where MODELS_URL is not set */
function watchRemoteModels(
  models: WatchedModels,
  { modelsUrl: url, modelsUrlIntervalMs: intervalMs, modelsFolder }: Config,
  events: RemoteModelEvents,
): RemoteModels | undefined {
  if (url === undefined) return undefined;
  const [folder = ''] = layersOf(modelsFolder);
  return new RemoteModels({
    ...events,
    url,
    folder,
    intervalMs,
    onInstalled(champion) {
      events.onInstalled(champion);
      models.reload();
    },
  });
}

/** @returns undefined where SHADOW_MODEL is not set; the model itself is loaded in the background */
function startShadow(
  models: ModelStore,
  { shadowModel, modelsFolder: folder, wideVectors }: Config,
  events: ModelEvents,
): WatchedShadow | undefined {
  if (shadowModel === undefined) return undefined;
  const shadow = watchShadow({ folder, name: shadowModel, models, wideVectors, ...events });
  shadow.reload();
  return shadow;
}

/** A shorter key can be found by brute force. */
const minApiKeyLength = 16;

function warnIfUnprotected(app: FastifyInstance, { host, apiKey }: Config): void {
  if (isLoopback(host)) return;
  if (apiKey === undefined) {
    app.log.warn(
      `HOST ${host} is reachable from other machines, and no API_KEY is set: set one to require it.`,
    );
  } else if (apiKey.length < minApiKeyLength) {
    app.log.warn(`API_KEY is short; use at least ${minApiKeyLength} random characters.`);
  }
}
