// How questions and answers change the state.

import type { AnswerAction } from './action.ts';
import { withServedModel } from './learning-reducer.ts';
import type { State } from './state.ts';

export function reduceAnswer(state: State, action: AnswerAction): State {
  switch (action.type) {
    case 'prediction-requested':
      return { ...state, asked: action.raster, failure: undefined };
    case 'prediction-received': {
      if (isStale(state, action)) return state;
      const { raster, prediction } = action;
      const answered = { ...state, asked: undefined, answer: { raster, prediction } };
      return withServedModel(answered, prediction.model);
    }
    case 'prediction-failed':
      return isStale(state, action) ? state : { ...state, asked: undefined, failure: action.why };
  }
}

/** Whether the outcome is of another question than the latest. */
function isStale({ asked }: State, { raster }: AnswerAction): boolean {
  return asked !== raster;
}
