// The process: environment in, a listening service out, and a quiet end on a signal. A process that
// spawns this one with an IPC channel is told the address, and takes the service along when it goes.
import { chooseKernels, loadChampion } from '@digits/nn';
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { loggerFor } from './logger.ts';
import { explainStartupFailure } from './startup-failure.ts';

/** How long requests in flight may take after a signal. */
const graceMs = 10_000;

/** Room for a model of some ten million weights; only what is touched is real. */
const kernelMemoryBytes = 64 * 1024 * 1024;

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const { kernels, fallback } = chooseKernels(kernelMemoryBytes);
  const champion = await loadChampion(config.modelsDir, kernels);
  const logger = await loggerFor(config, process.stdout.isTTY);
  const app = await buildApp({ config, models: { champion }, logger });
  if (fallback !== null) app.log.warn(fallback);
  const url = await app.listen({ host: config.host, port: config.port });

  const { close } = closeWithGrace({ delay: graceMs, logger: app.log }, async ({ err, signal }) => {
    if (err) app.log.fatal({ err }, 'closing after an error that nobody caught');
    else app.log.info({ signal }, 'closing');
    await app.close();
  });
  if (process.send) followParent(url, close);
}

/** `node --watch` is such a parent, too. */
function followParent(url: string, close: () => void): void {
  process.once('disconnect', close);
  if (process.connected) process.send?.({ type: 'listening', url });
  else close();
}

await start().catch(error => {
  const failure = explainStartupFailure(error);
  if (!failure) throw error;
  for (const sentence of failure.sentences) process.stderr.write(`${sentence}\n`);
  process.exit(failure.exitCode);
});
