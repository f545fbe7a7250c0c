// Learning effects with a fake trainer and a fake service, for tests.

import { formatPercent, type Prediction, rasterOf } from '@digits/client';
import { AppError, isAppError } from '../../../src/app-error.ts';
import { createLearningEffects } from '../../../src/effects/learning/learning-effects.ts';
import { createRepredictor } from '../../../src/effects/learning/repredict.ts';
import type { Action } from '../../../src/state/action.ts';
import type { Gate } from '../../../src/state/learning/gate.ts';
import type { ServiceState } from '../../../src/state/service-state.ts';
import type { State } from '../../../src/state/state.ts';
import { createStore } from '../../../src/state/store.ts';
import type { LearningMemory } from '../../../src/storage/learning-file.ts';
import type {
  TrainerClient,
  TrainingResult,
  TrainingTask,
} from '../../../src/trainer/trainer-client.ts';
import type { CorrectionsChecked, TrainerEvent } from '../../../src/trainer/trainer-event.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { learningLine } from '../../../src/view/text/learning-line.ts';
import { sevenPrediction } from '../../fake-service.ts';
import { exampleState } from '../../state/example-state.ts';
import { passingGate, stoppingGate } from '../../trainer/gate-rows.ts';

export const candidateVersion = 'fine-tune-1-0a1b2c3d';
export const passing = parseGate(JSON.stringify(passingGate));
export const stopping = parseGate(JSON.stringify(stoppingGate));
export const newModel = { name: 'digits', version: candidateVersion };
const draw: Action = { type: 'stroke-began', at: [7, 7], timeMs: 0 };
const lift: Action = { type: 'stroke-ended' };
export const progress = {
  type: 'progress',
  fraction: 0.5,
  epoch: 1,
  epochs: 2,
} as const satisfies TrainerEvent;
export const serviceUrl = 'http://127.0.0.1:7';
export const embedded = {
  status: 'connected',
  origin: 'embedded',
  url: serviceUrl,
  model: sevenPrediction.model,
} as const satisfies ServiceState;

const two = { digit: 2, probabilities: [0, 0, 0.64, 0, 0, 0, 0, 0.36, 0, 0] };
export const former: Prediction = { ...sevenPrediction, ...two, confidence: 0.64 };
export const afterwards: Prediction = { ...sevenPrediction, model: newModel };

interface SetUp {
  readonly state?: Partial<State>;
  readonly trained?: Partial<TrainingResult>;
  readonly trainerFailure?: AppError;
  readonly checked?: Partial<CorrectionsChecked>;
  readonly checkFailure?: AppError;
  /** A promotion compares again and waits for it. */
  readonly recomparison?: Promise<void>;
  /** The comparison waits for it. */
  readonly comparison?: Promise<void>;
  readonly gate?: Gate;
  readonly promotion?: Partial<Gate>;
  /** The responses of the service in order; the last one is repeated. */
  readonly answers?: readonly (Prediction | AppError)[];
}

/** Effects with a drawing that can be corrected. */
export function setUp(options: SetUp = {}) {
  const { gate = passing, promotion, trained, trainerFailure, state } = options;
  const { checked, checkFailure, comparison, recomparison } = options;
  const store = createStore(exampleState({ service: embedded, ...state }));
  store.dispatch(draw);
  store.dispatch(lift);
  const did: unknown[] = [];
  const tasks: TrainingTask[] = [];
  const training = Promise.withResolvers<void>();
  let tell: (event: TrainerEvent) => void = () => {};
  const answers = [...(options.answers ?? [former, afterwards])];
  const checks: TrainingTask[] = [];
  const remembered: Partial<LearningMemory>[] = [];
  const trainer: TrainerClient = {
    async check(task) {
      checks.push(task);
      if (checkFailure) throw checkFailure;
      return { type: 'corrections', trained: 7, heldOut: 2, suspects: [], ...checked };
    },
    async train(task, onEvent, signal) {
      tasks.push(task);
      tell = onEvent;
      const stopped = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => stopped.resolve());
      await Promise.race([training.promise, stopped.promise]);
      if (signal.aborted) throw new AppError('trainer-stopped', 'it was stopped');
      if (trainerFailure) throw trainerFailure;
      return { type: 'done', version: candidateVersion, isChampion: false, ...trained };
    },
    async compare(task, version, onProgress, signal) {
      tasks.push(task);
      did.push(`compare ${version}`);
      onProgress(0.5);
      await comparison;
      if (signal.aborted) throw new AppError('trainer-stopped', 'it was stopped');
      return gate;
    },
    async promote(_, { version }, onProgress) {
      if (recomparison !== undefined) {
        onProgress(0.25);
        await recomparison;
      }
      did.push(`promote ${version}`);
      return { ...gate, promoted: true, ...promotion };
    },
  };
  const effects = createLearningEffects({
    store,
    trainer,
    embeddedModelsFolder: '/own/models',
    memory: {
      get: () => ({ trainingMs: undefined, comparisonMs: undefined, confirmed: [] }),
      change: change => remembered.push(change),
    },
    learningLine,
    calls: { train: 'npx nx run nn:train', promote: 'npx nx run nn:promote' },
    nowMs: () => 0,
    repredictor: createRepredictor({
      store,
      connection: {
        async predict() {
          did.push('predict');
          const answer = answers.length > 1 ? answers.shift() : answers[0];
          if (isAppError(answer, 'service') || answer === undefined) throw answer;
          return answer;
        },
      },
      formatPercent,
      requestPrediction: () => did.push('request prediction'),
      wait: async () => {},
    }),
  });
  const correct = () => store.dispatch({ type: 'corrected', raster: rasterOf(store.getState()) });

  /** Settles when the state meets a condition. */
  function until(isMet: (state: State) => boolean): Promise<void> {
    return new Promise(resolve => {
      const check = () => isMet(store.getState()) && resolve();
      store.subscribe(check);
      check();
    });
  }
  /** Presses t, and y when the corrections are counted. */
  async function train(): Promise<void> {
    effects.learn();
    await untilType('checked');
    effects.train();
  }
  const untilType = (type: State['learning']['type']) =>
    until(({ learning }) => learning.type === type);
  return {
    effects,
    store,
    did,
    tasks,
    correct,
    train,
    remembered,
    checks,
    until,
    untilType,
    tell: (event: TrainerEvent) => tell(event),
    finishTraining: () => training.resolve(),
    notice: () => store.getState().notice?.text ?? '',
    learning: () => store.getState().learning,
  };
}

/** Learns up to the result of the gate. */
export async function compared(options: SetUp = {}) {
  const all = setUp(options);
  all.correct();
  await all.train();
  all.finishTraining();
  await all.untilType('compared');
  return all;
}
