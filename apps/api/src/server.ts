// The service in its process: environment variables in, a listening service out, in this process or in
// several workers.

import { readCommandLine } from './config/command-line.ts';
import { readConfig } from './config/config.ts';
import { repository, type ServiceInstallation } from './config/installation.ts';
import { exitWhenOutputEnds } from './process/output-end.ts';
import { endWatcher, exitProcess } from './process/shutdown.ts';
import { explainStartupFailure, failedExitCode } from './process/startup-failure.ts';

/** Serves until a signal ends the process, or prints what the arguments ask for. */
export async function serve(
  args: readonly string[],
  installation: ServiceInstallation = repository,
): Promise<void> {
  const output = readCommandLine(args, installation);
  if (output === undefined) {
    return start(installation).catch(error => reportStartupFailure(error, installation));
  }
  exitWhenOutputEnds();
  process[output.exitCode === 0 ? 'stdout' : 'stderr'].write(`${output.text}\n`);
  process.exitCode = output.exitCode;
}

async function start(installation: ServiceInstallation): Promise<void> {
  const config = readConfig(process.env, installation);
  if (config.workers === 1) {
    const { startServing } = await import('./serving-process.ts');
    return startServing({ config, installation });
  }
  const { default: cluster } = await import('node:cluster');
  if (cluster.isPrimary) {
    const { supervise } = await import('./workers/supervise.ts');
    return supervise(config);
  }
  const { startServing } = await import('./serving-process.ts');
  const { SupervisorLink } = await import('./workers/supervisor-link.ts');
  await startServing({ config, installation, connect: onClose => new SupervisorLink(onClose) });
}

async function reportStartupFailure(
  error: unknown,
  installation: ServiceInstallation,
): Promise<void> {
  const sentences = explainStartupFailure(error, installation);
  if (!sentences) throw error;
  exitWhenOutputEnds();
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  await endWatcher();
  await exitProcess(failedExitCode);
}
