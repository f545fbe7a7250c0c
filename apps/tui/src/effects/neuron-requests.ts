// Requests about the selected neuron of the view into the network: one in flight, and never beside the
// request for a prediction, which goes first.

import { isAppError } from '../app-error.ts';
import type { Client } from '../service/client.ts';
import type { ServiceSwitch } from '../service/service-switch.ts';
import type { InsideAction } from '../state/action.ts';
import { dueNeuronRequest, type NeuronRequest, selectionOf } from '../state/selected-neuron.ts';
import type { Store } from '../state/store.ts';
import { encodeDrawing } from '../storage/drawing-png.ts';

interface NeuronRequestsOptions {
  readonly service: Pick<ServiceSwitch, 'use'>;
  /** Calls back after a while, for examples that the service is still computing. */
  readonly startTimer: (onExpired: () => void) => void;
}

export function startNeuronRequests(
  store: Store,
  { service, startTimer }: NeuronRequestsOptions,
): void {
  let inFlight: AbortController | undefined;

  async function request(due: NeuronRequest): Promise<void> {
    const aborting = new AbortController();
    inFlight = aborting;
    store.dispatch({ type: 'neuron-requested' });
    const { position, version } = due;
    try {
      store.dispatch(
        await service.use((client, closed) => {
          return answerTo(due, client, AbortSignal.any([aborting.signal, closed]));
        }),
      );
    } catch (error) {
      if (!isAppError(error, 'service')) throw error;
      const failure = aborting.signal.aborted
        ? undefined
        : { position, version, why: error.message };
      store.dispatch({ type: 'neuron-failed', failure });
    } finally {
      if (inFlight === aborting) inFlight = undefined;
    }
    const { neuron } = selectionOf(store.getState()) ?? {};
    if (due.raster === undefined && neuron?.examplesStatus === 'computing')
      startTimer(requestAgain);
  }

  /** The examples of the selected neuron may be there now. */
  function requestAgain(): void {
    const state = store.getState();
    const { neuron, position } = selectionOf(state) ?? {};
    if (position === undefined || neuron?.examplesStatus !== 'computing') return;
    if (state.inside.isRequested || state.pendingRaster !== undefined) startTimer(requestAgain);
    else void request({ position, version: neuron.model.version, raster: undefined });
  }

  store.subscribe(() => {
    const state = store.getState();
    if (state.pendingRaster !== undefined) inFlight?.abort();
    const due = dueNeuronRequest(state);
    if (due !== undefined) void request(due);
  });
}

/** An answer by another model than that of the prediction would be requested for ever. */
async function answerTo(
  { position, version, raster }: NeuronRequest,
  client: Client,
  signal: AbortSignal,
): Promise<InsideAction> {
  const answer =
    raster === undefined
      ? ({ type: 'neuron-received', neuron: await client.neuron(position, signal) } as const)
      : ({
          type: 'neuron-activated',
          raster,
          activation: await client.neuronFor(encodeDrawing(raster), position, signal),
        } as const);
  const { model } = answer.type === 'neuron-received' ? answer.neuron : answer.activation;
  if (model.version === version) return answer;
  const why = 'The service has another model by now. Enter predicts with it.';
  return { type: 'neuron-failed', failure: { position, version, why } };
}
