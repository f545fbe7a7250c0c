// Counts and logs loaded and rejected models. Events from before the logger exists are buffered.

import type { ChampionFile, LoadedModel, NnError } from '@digits/nn';
import type { FastifyBaseLogger } from 'fastify';
import type { Metrics, RemoteCheckResult } from '../metrics/metrics.ts';
import { referTo } from '../schemas/model.ts';
import type { ServiceError } from '../service-error.ts';
import type { ModelEvents } from './watched-model.ts';

/** Of the folder on an HTTP server, MODELS_URL. */
export interface RemoteModelEvents {
  /** champion.json was requested. */
  onCheck(result: RemoteCheckResult): void;
  /** Another champion was fetched and tested. */
  onInstalled(champion: ChampionFile): void;
  /** The check failed, for another reason than the one before. */
  onProblem(error: NnError | ServiceError): void;
}

export interface LoggedModelEvents {
  readonly champion: ModelEvents;
  readonly shadow: ModelEvents;
  readonly remote: RemoteModelEvents;
  /** Writes the buffered events to the log, and later ones directly. */
  logTo(log: FastifyBaseLogger): void;
}

type LogEntry = (log: FastifyBaseLogger) => void;

/** @param remedy for a champion that cannot be served */
export function modelEvents(metrics: Metrics, remedy: string): LoggedModelEvents {
  const buffered: LogEntry[] = [];
  let write = (entry: LogEntry): void => {
    buffered.push(entry);
  };
  return {
    champion: {
      onSwap(champion) {
        metrics.modelServed(champion);
        write(log => log.info(describe(champion), 'model served'));
      },
      onLoadError(error) {
        metrics.modelRefused(error.code);
        const details = error.code === 'model-unsupported' ? { remedy } : {};
        write(log => log.error({ ...explain(error), ...details }, 'model refused'));
      },
    },
    shadow: {
      onSwap: shadow => write(log => log.info(describe(shadow), 'shadow loaded')),
      onLoadError(error) {
        metrics.shadow.refused(error.code);
        write(log => log.error(explain(error), 'shadow refused'));
      },
    },
    remote: {
      onCheck: result => metrics.modelsUrlChecked(result),
      onInstalled: ({ version, sha256 }) =>
        write(log => log.info({ version, sha256 }, 'model fetched')),
      onProblem: error => write(log => log.error(explain(error), 'model not fetched')),
    },
    logTo(log) {
      write = entry => entry(log);
      for (const entry of buffered.splice(0)) entry(log);
    },
  };
}

function describe(served: LoadedModel): object {
  return { model: referTo(served), kernels: served.model.network.kernels.name };
}

function explain({ code, message }: NnError | ServiceError): object {
  return { code, reason: message };
}
