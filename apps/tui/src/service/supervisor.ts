// The one service of our own that may be running: starting another ends it first.

import { AppError } from '../app-error.ts';
import { type EmbeddedService, startEmbeddedService } from './embedded-service.ts';

interface SupervisorOptions {
  readonly entry: string;
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
}

export interface ServiceSupervisor {
  /**
   * @param onGone told if it ends later without having been stopped
   * @param signal that none is wanted any more: none is started then
   * @returns its address, once it listens. @throws AppError service-not-started
   */
  start(onGone: (error: AppError) => void, signal: AbortSignal): Promise<string>;
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
        onGone(new AppError('service-unreachable', `Our own service is gone: ${how}.`));
      });
      return url;
    },
    stop,
  };
}
