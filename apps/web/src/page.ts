// What the panels of the page work with.

import type { Prediction } from '@digits/client';
import type { OtherCommand } from './keys.ts';
import type { Corrections } from './service/corrections.ts';
import type { Service } from './service/service.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

export interface Page {
  readonly store: Store<State>;
  readonly service: Service;
  readonly corrections: Corrections;
  /** Resolves to the prediction of the current drawing, if there is one. */
  readonly predict: () => Promise<Prediction | undefined>;
  /** What keys and buttons do that do not draw. */
  readonly commands: Record<OtherCommand, () => void>;
}
