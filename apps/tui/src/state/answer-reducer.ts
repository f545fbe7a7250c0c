// How questions and answers change the state.

import type { PredictionAction } from './action.ts';
import { withServedModel } from './learning-reducer.ts';
import type { State } from './state.ts';

export function reducePrediction(state: State, action: PredictionAction): State {
  switch (action.type) {
    case 'prediction-requested':
      return { ...state, pendingRaster: action.raster, predictionError: undefined };
    case 'prediction-received': {
      if (isSuperseded(state, action)) return state;
      const { raster, prediction } = action;
      const received = { ...state, pendingRaster: undefined, predicted: { raster, prediction } };
      return withServedModel(received, prediction.model);
    }
    case 'prediction-failed':
      return isSuperseded(state, action)
        ? state
        : { ...state, pendingRaster: undefined, predictionError: action.why };
  }
}

/** Whether the outcome is of another question than the latest. */
function isSuperseded({ pendingRaster }: State, { raster }: PredictionAction): boolean {
  return pendingRaster !== raster;
}
