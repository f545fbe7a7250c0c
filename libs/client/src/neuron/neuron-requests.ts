// Requests about the selected neuron without clock and network: one in flight, and never beside the request
// for a prediction, which goes first.

import type { Raster } from '@digits/canvas';
import type { NeuronAction, NeuronRequest, SelectedNeuron } from './inside.ts';
import type { Neuron, NeuronActivation, NeuronPosition } from './neuron.ts';

interface NeuronRequestsOptions {
  /** @returns the request that is due; see `nextNeuronRequest` */
  readonly dueRequest: () => NeuronRequest | undefined;
  readonly selection: () => SelectedNeuron | undefined;
  /** Whether a prediction is requested. */
  readonly isPredicting: () => boolean;
  /** Whether a request about a neuron is in flight. */
  readonly isRequested: () => boolean;
  readonly dispatch: (action: NeuronAction) => void;
  readonly fetchNeuron: (position: NeuronPosition, signal: AbortSignal) => Promise<Neuron>;
  readonly fetchActivation: (
    raster: Raster,
    position: NeuronPosition,
    signal: AbortSignal,
  ) => Promise<NeuronActivation>;
  /** @returns a failure of the service in words; `undefined` for any other error, which is thrown */
  readonly failureText: (error: unknown) => string | undefined;
  /** Calls back after a while, for examples that the service is still computing. */
  readonly startTimer: (onExpired: () => void) => void;
}

/** @returns a function to call after each change of the state. */
export function createNeuronRequests(options: NeuronRequestsOptions): () => void {
  const { dueRequest, selection, isPredicting, isRequested, dispatch, startTimer } = options;
  let inFlight: AbortController | undefined;

  /** An answer by another model than that of the prediction would be requested for ever. */
  async function answerTo(due: NeuronRequest, signal: AbortSignal): Promise<NeuronAction> {
    const { position, version, raster } = due;
    const answer =
      raster === undefined
        ? neuronReceived(await options.fetchNeuron(position, signal))
        : neuronActivated(raster, await options.fetchActivation(raster, position, signal));
    const { model } = answer.type === 'neuron-received' ? answer.neuron : answer.activation;
    if (model.version === version) return answer;
    const why = 'The service has another model by now. Predict the drawing again.';
    return { type: 'neuron-failed', failure: { position, version, why } };
  }

  async function request(due: NeuronRequest): Promise<void> {
    const aborting = new AbortController();
    inFlight = aborting;
    dispatch({ type: 'neuron-requested' });
    const { position, version } = due;
    try {
      dispatch(await answerTo(due, aborting.signal));
    } catch (error) {
      const why = options.failureText(error);
      if (why === undefined) throw error;
      const failure = aborting.signal.aborted ? undefined : { position, version, why };
      dispatch({ type: 'neuron-failed', failure });
    } finally {
      if (inFlight === aborting) inFlight = undefined;
    }
    const isComputing = selection()?.neuron?.examplesStatus === 'computing';
    if (due.raster === undefined && isComputing) startTimer(requestAgain);
  }

  /** The examples of the selected neuron may be there now. */
  function requestAgain(): void {
    const { neuron, position } = selection() ?? {};
    if (position === undefined || neuron?.examplesStatus !== 'computing') return;
    if (isRequested() || isPredicting()) startTimer(requestAgain);
    else void request({ position, version: neuron.model.version, raster: undefined });
  }

  return () => {
    if (isPredicting()) inFlight?.abort();
    const due = dueRequest();
    if (due !== undefined) void request(due);
  };
}

function neuronReceived(neuron: Neuron) {
  return { type: 'neuron-received', neuron } as const;
}

function neuronActivated(raster: Raster, activation: NeuronActivation) {
  return { type: 'neuron-activated', raster, activation } as const;
}
