// The actions that change the state, in terms of drawing and predicting, not of keys and bytes.

import type { Raster } from '@digits/canvas';
import type {
  CorrectionCounts,
  DrawingAction,
  NeuronAction,
  NeuronPosition,
  PracticeCheckAction,
  PredictionAction,
  ServedModel,
} from '@digits/client';
import type { CorrectionList, SuspectLabel } from './corrections/corrections.ts';
import type { Learning } from './learning/learning.ts';
import type { Watch } from './learning/watch.ts';
import type { Mode } from './mode.ts';
import type { Notice } from './notice.ts';
import type { ServiceState } from './service-state.ts';
import type { Settings } from './settings.ts';
import type { Capabilities, WindowSize } from './terminal.ts';
import type { TextEdit } from './text-field.ts';

/** Changes of the mode, of the settings and of practice. */
export type ModeAction =
  | { readonly type: 'mode-changed'; readonly mode: Mode }
  | { readonly type: 'text-edited'; readonly edit: TextEdit }
  /** Replaces the whole text of the text field; the cursor goes behind it, or to an index. */
  | { readonly type: 'text-changed'; readonly text: string; readonly cursor?: number }
  | { readonly type: 'hint-set'; readonly hint: string }
  | { readonly type: 'setting-row-moved'; readonly steps: number }
  | { readonly type: 'help-scrolled'; readonly top: number }
  | { readonly type: 'settings-changed'; readonly settings: Partial<Settings> }
  | { readonly type: 'explanation-toggled' }
  | { readonly type: 'mouse-switched'; readonly isOn: boolean }
  | { readonly type: 'practice-began'; readonly seed: number }
  | PracticeCheckAction
  | { readonly type: 'practice-game-switched' }
  | { readonly type: 'practice-skipped' }
  | { readonly type: 'practice-ended' };

/** The list of corrections, and what is known of their labels. */
export type CorrectionAction =
  | { readonly type: 'corrections-listed'; readonly list: Partial<CorrectionList> }
  | { readonly type: 'suspects-found'; readonly suspects: readonly SuspectLabel[] }
  | { readonly type: 'suspect-confirmed'; readonly id: string }
  /** It was deleted. */
  | { readonly type: 'correction-removed'; readonly id: string }
  | { readonly type: 'correction-row-moved'; readonly steps: number }
  | { readonly type: 'correction-row-selected'; readonly row: number }
  /** The last correction was taken back; the drawing is that of the one before. */
  | { readonly type: 'correction-undone'; readonly raster: Raster | undefined };

/** Corrections, and the learning from them. */
export type LearningAction =
  /** A drawing was corrected, and the correction is saved. */
  | { readonly type: 'corrected'; readonly raster: Raster }
  | { readonly type: 'learning-changed'; readonly learning: Learning }
  | { readonly type: 'gate-row-moved'; readonly steps: number }
  | { readonly type: 'gate-row-selected'; readonly row: number }
  | { readonly type: 'model-served'; readonly model: ServedModel };

/** The view into the network: what is selected, and what the service says about it. */
export type InsideAction =
  | { readonly type: 'inside-opened' }
  | { readonly type: 'neuron-selected'; readonly position: NeuronPosition }
  /** By so many neurons of its layer. */
  | { readonly type: 'neuron-moved'; readonly steps: number }
  | { readonly type: 'inside-layer-changed'; readonly steps: 1 | -1 }
  /** To the next layer or part about the neuron, in a window that shows one of them. */
  | { readonly type: 'inside-page-turned'; readonly steps: 1 | -1 }
  | NeuronAction;

export type Action =
  | DrawingAction
  | PredictionAction
  | ModeAction
  | CorrectionAction
  | LearningAction
  | { readonly type: 'watch-changed'; readonly watch: Watch }
  | InsideAction
  | { readonly type: 'notice-shown'; readonly notice: Notice }
  | { readonly type: 'corrections-counted'; readonly corrections: Partial<CorrectionCounts> }
  | { readonly type: 'service-changed'; readonly service: ServiceState }
  | { readonly type: 'capabilities-changed'; readonly capabilities: Capabilities }
  | { readonly type: 'window-resized'; readonly window: WindowSize };
