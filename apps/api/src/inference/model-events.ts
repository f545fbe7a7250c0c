// What becomes of a model is counted, and told in the log; what happened before there was a log is
// told when there is one.

import type { LoadedModel, NnError } from '@digits/nn';
import type { FastifyBaseLogger } from 'fastify';
import type { Metrics } from '../plugins/metrics.ts';
import { referTo } from '../schemas/model.ts';
import type { ModelEvents } from './watched-model.ts';

export interface LoggedModelEvents {
  readonly champion: ModelEvents;
  readonly shadow: ModelEvents;
  logTo(log: FastifyBaseLogger): void;
}

type Line = (log: FastifyBaseLogger) => void;

export function modelEvents(metrics: Metrics): LoggedModelEvents {
  const untold: Line[] = [];
  let tell = (line: Line): void => {
    untold.push(line);
  };
  return {
    champion: {
      onSwap(champion) {
        metrics.modelServed(champion);
        tell(log => log.info(describe(champion), 'model served'));
      },
      onRefusal(error) {
        metrics.modelRefused(error.code);
        tell(log => log.error(explain(error), 'model refused'));
      },
    },
    shadow: {
      onSwap: shadow => tell(log => log.info(describe(shadow), 'shadow loaded')),
      onRefusal(error) {
        metrics.shadow.refused(error.code);
        tell(log => log.error(explain(error), 'shadow refused'));
      },
    },
    logTo(log) {
      tell = line => line(log);
      for (const line of untold.splice(0)) line(log);
    },
  };
}

function describe(served: LoadedModel): object {
  return { model: referTo(served), kernels: served.model.network.kernels.name };
}

function explain({ code, message }: NnError): object {
  return { code, reason: message };
}
