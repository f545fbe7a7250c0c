// Executes the commands of the keys. Each ends in actions that report success or failure; none throws
// for a mistake of the person or a failure of the service.

import type { Prediction } from '@digits/client';
import type { Command, WatchStep } from '../input/command.ts';
import { drawingMode } from '../state/mode.ts';
import type { Store } from '../state/store.ts';
import type { CorrectionEffects } from './corrections-effects.ts';
import type { FileEffects } from './file-effects.ts';
import type { LabelEffects } from './label-effects.ts';
import type { LearningEffects } from './learning/learning-effects.ts';
import type { SettingsEffects } from './settings-effects.ts';
import type { WatchEffects } from './watch-effects.ts';

export interface CommandExecutorOptions {
  readonly store: Store;
  readonly requestPrediction: () => Promise<Prediction | undefined>;
  readonly quit: () => void;
  readonly switchMouse: (isOn: boolean) => void;
  readonly files: FileEffects;
  readonly labels: LabelEffects;
  readonly corrections: CorrectionEffects;
  readonly settings: SettingsEffects;
  readonly learning: LearningEffects;
  readonly watch: WatchEffects;
  /** @returns a seed for practice */
  readonly newSeed: () => number;
}

export interface Effects {
  executeCommand(command: Command): void;
  /** Settles when all changes are on disk. */
  flushed(): Promise<void>;
  /** Stops learning and a training that is watched, and settles when their processes have ended. */
  close(): Promise<void>;
}

export function createCommandExecutor(options: CommandExecutorOptions): Effects {
  const { store, files, labels, corrections, settings, learning, watch } = options;

  function togglePractice(): void {
    const { practice, settings: chosen } = store.getState();
    if (practice !== undefined) {
      store.dispatch({ type: 'mode-changed', mode: { type: 'summary' } });
    } else if (chosen.practiceConsent === 'undecided') {
      store.dispatch({ type: 'mode-changed', mode: { type: 'asking-consent' } });
    } else store.dispatch({ type: 'practice-began', seed: options.newSeed() });
  }

  function toggleMouse(): void {
    const isOn = !store.getState().isMouseOn;
    options.switchMouse(isOn);
    store.dispatch({ type: 'mouse-switched', isOn });
    const text = isOn
      ? 'The mouse draws again.'
      : 'The mouse selects text in the terminal. Press m to draw with it again.';
    store.dispatch({ type: 'notice-shown', notice: { text, isBad: false, about: 'mouse' } });
  }

  function submitText(): void {
    const { mode } = store.getState();
    if (mode.type !== 'typing') return;
    if (mode.purpose === 'address') settings.submitAddress(mode.text.trim());
    else void files.submit(mode.purpose, mode.text.trim());
  }

  const watchSteps: Readonly<Record<WatchStep, () => void>> = {
    open: watch.open,
    start: watch.start,
    pause: watch.togglePause,
    keep: watch.keep,
    stop: watch.stop,
    leave: watch.leave,
  };

  return {
    flushed: settings.flushed,
    close: async () => void (await Promise.all([learning.close(), watch.close()])),
    executeCommand(command) {
      switch (command.type) {
        case 'dispatch':
          return store.dispatch(command.action);
        case 'request-prediction':
          return void options.requestPrediction();
        case 'quit':
          return options.quit();
        case 'correct':
          store.dispatch({ type: 'mode-changed', mode: drawingMode });
          return void labels.correct(command.digit);
        case 'undo-correction':
          store.dispatch({ type: 'mode-changed', mode: drawingMode });
          return void labels.undo();
        case 'open-corrections':
          return corrections.open();
        case 'ask-deletion':
          return corrections.askDeletion();
        case 'delete-correction':
          return void corrections.delete(command.id);
        case 'confirm-label':
          return corrections.confirm();
        case 'open-text-field':
          return files.begin(command.purpose);
        case 'complete-path':
          return void files.complete();
        case 'open-files':
          return void files.openPasted(command.text, command.paths);
        case 'submit-text':
          return submitText();
        case 'toggle-mouse':
          return toggleMouse();
        case 'toggle-practice':
          return togglePractice();
        case 'set-practice-consent':
          settings.change({ practiceConsent: command.isGiven ? 'given' : 'refused' });
          return store.dispatch({ type: 'practice-began', seed: options.newSeed() });
        case 'submit-round':
          return void labels.checkPractice();
        case 'change-setting':
          return settings.select(command.row, command.steps);
        case 'learn':
          return learning.learn();
        case 'train':
          return learning.train();
        case 'cancel-learning':
          return learning.cancel();
        case 'stop-learning':
          return learning.stop();
        case 'watch':
          return watchSteps[command.step]();
        case 'choose-training':
          return watch.choose(command.row, command.steps);
        case 'decide':
          return learning.decide(command.decision);
      }
    },
  };
}
