// Renders a Vega-Lite plot to SVG. Its colours are CSS variables of the page, so that the same SVG
// works in light and dark mode.

import { logger, None, parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { type Html, html, trustedMarkup } from '../page/html.ts';

/** CSS variables of page/style.ts. */
export const colours = {
  ink: 'var(--ink)',
  faint: 'var(--faint)',
  rule: 'var(--rule)',
  first: 'var(--first)',
  second: 'var(--second)',
} as const;

/** Maximum width in CSS pixels. Plots shrink on narrow screens but are not enlarged. */
export const plotWidth = 380;

type Config = NonNullable<TopLevelSpec['config']>;

const config: Config = {
  aria: false,
  background: 'transparent',
  font: 'system-ui, sans-serif',
  axis: {
    labelColor: colours.faint,
    labelFontSize: 12,
    labelFlush: false,
    titleColor: colours.faint,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    gridColor: colours.rule,
    domainColor: colours.rule,
    tickColor: colours.rule,
  },
  legend: {
    labelColor: colours.ink,
    labelFontSize: 12,
    title: null,
    orient: 'top',
    symbolStrokeWidth: 3,
  },
  view: { stroke: 'transparent' },
};

/**
 * Renders a plot as inline SVG.
 *
 * @param description for screen readers
 */
export async function drawPlot(plot: TopLevelSpec, description: string): Promise<Html> {
  const whole: TopLevelSpec = { ...plot, autosize: { type: 'fit', contains: 'padding' }, config };
  // Vega-Lite's warnings are disabled, because a library must not print.
  const { spec } = compile(whole, { logger: logger(None) });
  const view = new View(parse(spec), { renderer: 'none', logLevel: None });
  try {
    const svg = trustedMarkup(await view.toSVG());
    return html`<div class="plot" role="img" aria-label="${description}">${svg}</div>`;
  } finally {
    view.finalize();
  }
}
