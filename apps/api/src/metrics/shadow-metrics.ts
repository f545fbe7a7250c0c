// Metrics of the shadow: a model that predicts beside the champion, whose answers are not shown.

import { Counter, Gauge, type Registry } from 'prom-client';

export interface ShadowMetrics {
  /** Sets the shadow model; undefined for none. */
  setModel(model: { readonly version: string; readonly sha256: string } | undefined): void;
  answered(): void;
  /** The shadow predicted another digit than the champion. */
  disagreed(champion: number, shadow: number): void;
  /** A picture was skipped because the queue was full. */
  dropped(): void;
  /** The shadow failed on a picture, or the picture could not be stored. */
  failed(): void;
  /** The model in SHADOW_MODEL could not be loaded; the code is that of the error. */
  refused(code: string): void;
}

export function createShadowMetrics(registry: Registry): ShadowMetrics {
  const registers = [registry];
  const model = new Gauge({
    name: 'digits_shadow_info',
    help: 'Always 1; the labels name the shadow model.',
    labelNames: ['version', 'sha256'],
    aggregator: 'max',
    registers,
  });
  const answers = new Counter({
    name: 'digits_shadow_answers_total',
    help: 'Pictures that the shadow classified.',
    registers,
  });
  const disagreements = new Counter({
    name: 'digits_shadow_disagreements_total',
    help: 'Pictures on which champion and shadow predict different digits, by both.',
    labelNames: ['champion', 'shadow'],
    registers,
  });
  const dropped = new Counter({
    name: 'digits_shadow_dropped_total',
    help: 'Pictures that the shadow skipped because its queue was full.',
    registers,
  });
  const failed = new Counter({
    name: 'digits_shadow_failed_total',
    help: 'Pictures on which the shadow failed, or that could not be stored.',
    registers,
  });
  const refused = new Counter({
    name: 'digits_shadow_models_refused_total',
    help: 'Shadow models that could not be loaded, by error code.',
    labelNames: ['code'],
    aggregator: 'max',
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
