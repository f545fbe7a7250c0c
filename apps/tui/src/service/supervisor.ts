// The supervisor of the embedded service: at most one runs, and starting another ends it first.

import { AppError } from '../app-error.ts';
import type { Program } from '../programs.ts';
import { type EmbeddedService, startEmbeddedService } from './embedded-service.ts';

interface SupervisorOptions {
  readonly findProgram: () => Program;
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
}

export interface ServiceSupervisor {
  /**
   * @param onExit called if it ends later without having been stopped
   * @param signal if it is aborted, no service is started
   * @returns its address, once it listens. @throws AppError `service-not-started`
   */
  start(onExit: (error: AppError) => void, signal: AbortSignal): Promise<string>;
  stop(): Promise<void>;
}

export function createServiceSupervisor({
  findProgram,
  ...timeouts
}: SupervisorOptions): ServiceSupervisor {
  let running: EmbeddedService | undefined;

  /** Forgets the service first: an exit that was asked for is not reported. */
  async function stop(): Promise<void> {
    const service = running;
    running = undefined;
    await service?.stop();
  }

  return {
    async start(onExit, signal) {
      await stop();
      signal.throwIfAborted();
      const service = startEmbeddedService({ program: findProgram(), ...timeouts });
      running = service;
      const url = await service.listening;
      void service.ended.then(how => {
        if (running !== service) return;
        running = undefined;
        onExit(new AppError('service-unreachable', `The embedded service ended: ${how}.`));
      });
      return url;
    },
    stop,
  };
}
