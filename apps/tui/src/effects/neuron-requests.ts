// Requests about the selected neuron of the view into the network, to the connected service.

import { createNeuronRequests } from '@digits/client';
import { isAppError } from '../app-error.ts';
import type { ServiceSwitch } from '../service/service-switch.ts';
import { dueNeuronRequest, selectionOf } from '../state/inside/selected-neuron.ts';
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
  store.subscribe(
    createNeuronRequests({
      dueRequest: () => dueNeuronRequest(store.getState()),
      selection: () => selectionOf(store.getState()),
      isPredicting: () => store.getState().pendingRaster !== undefined,
      isRequested: () => store.getState().inside.isRequested,
      dispatch: store.dispatch,
      fetchNeuron: (position, signal) =>
        service.use((client, closed) => client.neuron(position, AbortSignal.any([signal, closed]))),
      fetchActivation: (raster, position, signal) =>
        service.use((client, closed) => {
          const either = AbortSignal.any([signal, closed]);
          return client.neuronFor(encodeDrawing(raster), position, either);
        }),
      failureText: error => (isAppError(error, 'service') ? error.message : undefined),
      startTimer,
    }),
  );
}
