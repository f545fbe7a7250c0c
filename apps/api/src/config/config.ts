// Reads the configuration from environment variables and reports every invalid one, not only the first.

import { join } from 'node:path';
import type { ModelsFolder } from '@digits/nn';
import { ServiceError } from '../service-error.ts';
import { isLoopback } from './host-name.ts';
import { repository, type ServiceInstallation } from './installation.ts';
import type { Variable } from './variable.ts';
import { variables } from './variables.ts';

type Values = {
  readonly [Key in keyof typeof variables]: (typeof variables)[Key] extends Variable<infer Value>
    ? Value
    : never;
};

export interface Config extends Omit<Values, 'dataDir' | 'narrowVectors'> {
  /** DATA_DIR, or the installation's own. */
  readonly dataDir: string;
  /** MODELS_DIR, or one's own models over the shipped ones; with MODELS_URL, fetched ones over those. */
  readonly modelsFolder: ModelsFolder;
  /** Whether predictions may use 256-bit vectors. */
  readonly wideVectors: boolean;
  /** Requests a minute from one address; 0 means no limit. */
  readonly rateLimit: number;
}

/** The default on an address that other machines can reach. */
const publicRateLimit = 600;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration in these environment variables. An absent or empty variable has its default.
 *
 * @throws ServiceError `invalid-config`, with one line for each invalid variable
 */
export function readConfig(
  env: Environment,
  { dataFolder, shippedModels }: ServiceInstallation = repository,
): Config {
  const mistakes: string[] = [];
  const entries = Object.entries<Variable<unknown>>(variables).map(([key, variable]) => {
    const text = env[variable.name];
    if (!text) return [key, variable.fallback];
    const value = variable.parse(text);
    if (value === undefined) mistakes.push(explainMistake(variable, text));
    return [key, value];
  });
  const values = Object.fromEntries(entries) as Values;
  if (mistakes.length === 0 && values.handlerTimeoutMs <= values.requestTimeoutMs) {
    mistakes.push('HANDLER_TIMEOUT_MS must be more than REQUEST_TIMEOUT_MS.');
  }
  if (mistakes.length > 0) throw new ServiceError('invalid-config', mistakes.join('\n'));
  const rateLimit = values.rateLimit ?? (isLoopback(values.host) ? 0 : publicRateLimit);
  const { dataDir = dataFolder, narrowVectors, ...rest } = values;
  const wideVectors = narrowVectors === undefined;
  const modelsFolder = modelsFolderOf({ ...values, dataDir }, shippedModels);
  return { ...rest, dataDir, modelsFolder, rateLimit, wideVectors };
}

/** What is fetched from MODELS_URL lies over the models on disk. */
function modelsFolderOf(
  { modelsUrl, modelsDir, dataDir }: Pick<Config, 'modelsUrl' | 'modelsDir' | 'dataDir'>,
  shippedModels: string,
): ModelsFolder {
  if (modelsUrl) {
    return { own: join(dataDir, 'remote-models'), shipped: modelsDir ?? shippedModels };
  }
  return modelsDir ?? { own: join(dataDir, 'models'), shipped: shippedModels };
}

function explainMistake({ name, expected, isSecret }: Variable<unknown>, text: string): string {
  return `${name} must be ${expected}${isSecret ? '' : `, not "${text}"`}.`;
}

/** The part of the limits for the whole service that each of its processes has. */
export function limitsOfWorker(config: Config): Config {
  const { workers, maxConnections, maxMemoryBytes } = config;
  return {
    ...config,
    maxConnections: Math.ceil(maxConnections / workers),
    maxMemoryBytes: Math.ceil(maxMemoryBytes / workers),
  };
}
