// The app's current connection, which a change of the settings replaces by another.

import type { Connection } from './connection.ts';

export type ServiceSwitch = Pick<Connection, 'predict' | 'sendFeedback' | 'use' | 'close'> & {
  /** Opens a connection and closes the former one, with its embedded service if it had one. */
  connectTo(apiUrl: string | undefined): void;
};

/** @param connect creates a connection; without an address, to the usual service */
export function createServiceSwitch(
  connect: (apiUrl: string | undefined) => Connection,
): ServiceSwitch {
  let current: Connection | undefined;
  const closing = new Set<Promise<void>>();

  function closeCurrent(): void {
    if (current === undefined) return;
    const closed = current.close();
    closing.add(closed);
    void closed.finally(() => closing.delete(closed));
    current = undefined;
  }

  function connected(): Connection {
    if (current === undefined)
      throw new Error('connectTo() must be called before the first request.');
    return current;
  }

  return {
    connectTo(apiUrl) {
      closeCurrent();
      current = connect(apiUrl);
      void current.open();
    },
    predict: (png, options) => connected().predict(png, options),
    sendFeedback: (feedback, signal) => connected().sendFeedback(feedback, signal),
    use: work => connected().use(work),
    async close() {
      closeCurrent();
      await Promise.all(closing);
    },
  };
}
