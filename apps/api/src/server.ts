// The process: environment in, a listening service out, and a quiet end on a signal. A process that
// spawns this one with an IPC channel is told the address, and takes the service along when it goes.

import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { readCommandLine } from './config/command-line.ts';
import { type Config, readConfig } from './config/config.ts';
import { isLoopback } from './config/loopback.ts';
import { warmUpDecoder } from './image/decode.ts';
import { warmUpClassifier } from './inference/classify.ts';
import { modelEvents } from './inference/model-events.ts';
import { type ModelStore, noShadow } from './inference/model-store.ts';
import { type WatchedShadow, watchShadow } from './inference/shadow/watched-shadow.ts';
import type { ModelEvents } from './inference/watched-model.ts';
import { watchModels } from './inference/watched-models.ts';
import { createLoggerOptions } from './logger.ts';
import { createMetrics } from './plugins/metrics.ts';
import { warmUpSerializers } from './schemas/serialization.ts';
import { explainStartupFailure } from './startup-failure.ts';

/** By then the app has cut off whoever it waited for. */
const closeMarginMs = 1500;

/** Loading it keeps everybody waiting, so whoever asks whether the service is ready comes first. */
const warmUpDelayMs = 500;

/** Loads what a start does without before somebody waits for it. */
async function warmUp({ champion }: ModelStore): Promise<void> {
  if (champion) warmUpClassifier(champion);
  warmUpSerializers();
  await warmUpDecoder();
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const metrics = createMetrics();
  const events = modelEvents(metrics);
  const models = watchModels({ folder: config.modelsDir, ...events.champion });
  // Its file is read while the app is built.
  const isLoaded = models.reload();
  const shadow = startShadow(models, config, events.shadow);
  const logger = await createLoggerOptions(config, process.stdout.isTTY);
  const app = await buildApp({ config, models, shadows: shadow ?? noShadow, logger, metrics });
  await isLoaded;
  // Whoever started this to use it at once is told at once. A supervisor looks at /health/ready.
  if (models.refusal && process.send) throw models.refusal;
  events.logTo(app.log);
  warnIfUnprotected(app, config);
  const url = await app.listen({ host: config.host, port: config.port });
  process.on('SIGHUP', () => {
    models.reload();
    shadow?.reload();
  });
  const close = closeOnSignals(app, config);
  setTimeout(warmUp, warmUpDelayMs, models).unref();
  if (process.send) exitWithParent(url, close);
}

/** @returns null where none is named; nobody waits until it is loaded */
function startShadow(
  models: ModelStore,
  { shadowModel, modelsDir }: Config,
  events: ModelEvents,
): WatchedShadow | null {
  if (shadowModel === null) return null;
  const shadow = watchShadow({ folder: modelsDir, name: shadowModel, models, ...events });
  shadow.reload();
  return shadow;
}

/** Below it a key can be found by trying. */
const minApiKeyLength = 16;

function warnIfUnprotected(app: FastifyInstance, { host, apiKey }: Config): void {
  if (isLoopback(host)) return;
  if (apiKey === null) {
    app.log.warn(
      `HOST ${host} can be reached from outside, and there is no API_KEY: anyone may ask.`,
    );
  } else if (apiKey.length < minApiKeyLength) {
    app.log.warn(`API_KEY is short: take one of ${minApiKeyLength} random characters or more.`);
  }
}

/** A second signal ends the process at once. */
function closeOnSignals(app: FastifyInstance, { graceMs }: Config): () => void {
  const options = { delay: graceMs + closeMarginMs, logger: app.log, skip: ['SIGHUP' as const] };
  const { close } = closeWithGrace(options, async ({ err, signal }) => {
    if (err) app.log.fatal({ err }, 'closing after an error that nobody caught');
    else app.log.info({ signal }, 'closing');
    await app.close();
  });
  return close;
}

/** `node --watch` is such a parent, too. */
function exitWithParent(url: string, close: () => void): void {
  process.once('disconnect', close);
  if (process.connected) process.send?.({ type: 'listening', url });
  else close();
}

function reportStartupFailure(error: unknown): void {
  const failure = explainStartupFailure(error);
  if (!failure) throw error;
  for (const sentence of failure.sentences) process.stderr.write(`${sentence}\n`);
  process.exit(failure.exitCode);
}

const notice = readCommandLine(process.argv.slice(2));
if (notice === null) await start().catch(reportStartupFailure);
else {
  process[notice.exitCode === 0 ? 'stdout' : 'stderr'].write(`${notice.text}\n`);
  process.exitCode = notice.exitCode;
}
