// The configuration, read from the environment. Every mistake is named, not only the first.
import { fileURLToPath } from 'node:url';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export interface Config {
  /** HOST: the address to listen on. Loopback, unless told otherwise. */
  readonly host: string;
  /** PORT: 0 takes a free one. */
  readonly port: number;
  /** MODELS_DIR: where champion.json is. */
  readonly modelsDir: string;
  /** LOG_LEVEL */
  readonly logLevel: (typeof logLevels)[number];
  /** MAX_FILE_BYTES: the largest upload. */
  readonly maxFileBytes: number;
  /** MAX_PIXELS: the largest picture, width times height. */
  readonly maxPixels: number;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'invalid-config';
  /** One sentence for each mistake. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/**
 * The configuration in these environment variables; one that is absent or empty has its default.
 *
 * @throws ConfigError
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: string[] = [];

  function integer(name: string, fallback: number, least: number, most: number): number {
    const text = env[name] || String(fallback);
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    mistakes.push(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
    return fallback;
  }

  function oneOf<T extends string>(name: string, fallback: T, choices: readonly T[]): T {
    const text = env[name] || fallback;
    const choice = choices.find(candidate => candidate === text);
    if (!choice) mistakes.push(`${name} must be one of ${choices.join(', ')}, not "${text}".`);
    return choice ?? fallback;
  }

  const config: Config = {
    host: env['HOST'] || '127.0.0.1',
    port: integer('PORT', 8000, 0, 65_535),
    modelsDir: env['MODELS_DIR'] || fileURLToPath(new URL('../../../models', import.meta.url)),
    logLevel: oneOf('LOG_LEVEL', 'info', logLevels),
    maxFileBytes: integer('MAX_FILE_BYTES', 10 * 1024 * 1024, 1, 1024 ** 3),
    maxPixels: integer('MAX_PIXELS', 24_000_000, 1, 1_000_000_000),
  };
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}
