// What becomes of a model is counted, and told in the log; what happened before there was a log is
// told when there is one.
import type { NnError } from '@digits/nn';
import type { FastifyBaseLogger } from 'fastify';
import type { Metrics } from '../operations/metrics.ts';
import { referTo } from '../schemas/model.ts';
import type { ModelEvents } from './watched-models.ts';

export interface LoggedModelEvents extends ModelEvents {
  logTo(log: FastifyBaseLogger): void;
}

type Line = (log: FastifyBaseLogger) => void;

export function modelEvents(metrics: Metrics): LoggedModelEvents {
  const untold: Line[] = [];
  let tell = (line: Line): void => {
    untold.push(line);
  };
  return {
    onSwap(champion) {
      metrics.modelServed(champion);
      const model = referTo(champion);
      const kernels = champion.model.network.kernels.name;
      tell(log => log.info({ model, kernels }, 'model served'));
    },
    onRefusal(error: NnError) {
      metrics.modelRefused(error.code);
      tell(log => log.error({ code: error.code, reason: error.message }, 'model refused'));
    },
    logTo(log) {
      tell = line => line(log);
      for (const line of untold.splice(0)) line(log);
    },
  };
}
