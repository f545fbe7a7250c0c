// The one service of our own that may be running: starting another ends it first.

import { type EmbeddedService, startEmbeddedService } from './embedded-service.ts';
import { ServiceError } from './service-error.ts';

interface SupervisorOptions {
  readonly entry: string;
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
}

export interface ServiceSupervisor {
  /**
   * @param onGone told if it ends later without having been stopped
   * @param signal that none is wanted any more: none is started then
   * @returns its address, once it listens. @throws ServiceError SERVICE_NOT_STARTED
   */
  start(onGone: (error: ServiceError) => void, signal: AbortSignal): Promise<string>;
  stop(): Promise<void>;
}

export function createServiceSupervisor(options: SupervisorOptions): ServiceSupervisor {
  let running: EmbeddedService | undefined;

  /** A service that we stop is no longer ours when it ends, and so is not gone. */
  async function stop(): Promise<void> {
    const service = running;
    running = undefined;
    await service?.stop();
  }

  return {
    async start(onGone, signal) {
      await stop();
      signal.throwIfAborted();
      const service = startEmbeddedService(options);
      running = service;
      const url = await service.listening;
      void service.ended.then(how => {
        if (running !== service) return;
        running = undefined;
        onGone(new ServiceError('SERVICE_UNREACHABLE', `Our own service is gone: ${how}.`));
      });
      return url;
    },
    stop,
  };
}
