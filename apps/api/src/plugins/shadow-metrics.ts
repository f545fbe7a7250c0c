// What is counted of a shadow: a model that answers beside the champion, unseen.

import { Counter, Gauge, type Registry } from 'prom-client';

export interface ShadowMetrics {
  /** Which model is the shadow now; null for none. */
  setModel(model: { readonly version: string; readonly sha256: string } | null): void;
  answered(): void;
  /** The shadow reads another digit than the champion. */
  disagreed(champion: number, shadow: number): void;
  /** A picture was not shown to it, because there was too much to do. */
  dropped(): void;
  /** It had no answer, or the picture could not be kept. */
  failed(): void;
  /** What SHADOW_MODEL names was not taken; the code says why. */
  refused(code: string): void;
}

export function createShadowMetrics(registry: Registry): ShadowMetrics {
  const registers = [registry];
  const model = new Gauge({
    name: 'digits_shadow_info',
    help: 'Always 1; the labels say which model answers beside the champion, unseen.',
    labelNames: ['version', 'sha256'],
    registers,
  });
  const answers = new Counter({
    name: 'digits_shadow_answers_total',
    help: 'Pictures that the shadow answered, too.',
    registers,
  });
  const disagreements = new Counter({
    name: 'digits_shadow_disagreements_total',
    help: 'Pictures on which the two read different digits, by what each reads.',
    labelNames: ['champion', 'shadow'],
    registers,
  });
  const dropped = new Counter({
    name: 'digits_shadow_dropped_total',
    help: 'Pictures that were not shown to the shadow, because there was too much to do.',
    registers,
  });
  const failed = new Counter({
    name: 'digits_shadow_failed_total',
    help: 'Pictures that the shadow had no answer to, or that could not be kept.',
    registers,
  });
  const refused = new Counter({
    name: 'digits_shadow_models_refused_total',
    help: 'Shadows that were found and not taken, by the code of what is wrong with them.',
    labelNames: ['code'],
    registers,
  });
  return {
    setModel(shadow) {
      model.reset();
      if (shadow) model.set({ version: shadow.version, sha256: shadow.sha256 }, 1);
    },
    answered: () => answers.inc(),
    disagreed: (champion, shadow) => disagreements.inc({ champion, shadow }),
    dropped: () => dropped.inc(),
    failed: () => failed.inc(),
    refused: code => refused.inc({ code }),
  };
}
