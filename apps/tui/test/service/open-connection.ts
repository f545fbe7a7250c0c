// A connection for tests, with fake services and processes that stand in for apps/api.

import { blankRaster } from '@digits/canvas';
import type { ExecutionContext } from 'ava';
import { type ConnectionOptions, createConnection } from '../../src/service/connection.ts';
import type { ServiceState } from '../../src/state/service-state.ts';
import { encodeDrawing } from '../../src/storage/drawing-png.ts';
import { sevenPrediction } from '../fake-service.ts';
import { type ChildName, childEntry } from './child.ts';

export const png = encodeDrawing(blankRaster());
export const never = () => ({ signal: new AbortController().signal });
export const model = sevenPrediction.model;

/** Only the tests of timeouts may depend on the speed of the machine. */
const patient = {
  probeMs: 60_000,
  exchangeMs: 60_000,
  startMs: 60_000,
  stopMs: 60_000,
  heartbeatMs: 60_000,
};

type OpenOptions = Pick<ConnectionOptions, 'apiUrl'> &
  Partial<Pick<ConnectionOptions, 'isChosen' | 'timeouts'>> & { readonly child?: ChildName };

/** A connection, the states that it reported, and a way to wait for the next state of a status. */
export function openConnection(
  t: ExecutionContext,
  { child = 'fails', timeouts, ...options }: OpenOptions,
) {
  const states: ServiceState[] = [];
  let heard = () => {};
  const connection = createConnection({
    isChosen: false,
    ...options,
    timeouts: { ...patient, ...timeouts },
    embeddedEntry: childEntry(child),
    random: () => 0,
    report(state) {
      states.push(state);
      heard();
    },
  });
  t.teardown(connection.close);
  const statuses = () => states.map(({ status }) => status);
  const untilReported = (status: ServiceState['status']) =>
    new Promise<void>(resolve => {
      heard = () => states.at(-1)?.status === status && resolve();
    });
  /** Requests a prediction; every service of these tests predicts a 7. */
  const read = async () => {
    const { latencyMs, ...prediction } = await connection.predict(png, never());
    t.deepEqual(prediction, sevenPrediction);
  };
  return { connection, states, statuses, untilReported, read };
}
