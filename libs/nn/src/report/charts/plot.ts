// Draws a Vega-Lite plot to SVG, here and now, with colours that the page decides: CSS variables
// stand in the SVG, so one drawing serves light and dark.

import { logger, None, parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { type Html, html, trustedMarkup } from '../page/html.ts';

/** Colours of the page (page-style.ts) as Vega takes them. */
export const colours = {
  ink: 'var(--ink)',
  faint: 'var(--faint)',
  rule: 'var(--rule)',
  first: 'var(--first)',
  second: 'var(--second)',
} as const;

/** CSS pixels. Plots shrink on a narrow screen and never grow, so that their text stays readable. */
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

/** @param description for those who cannot see the plot */
export async function drawPlot(plot: TopLevelSpec, description: string): Promise<Html> {
  const whole: TopLevelSpec = { ...plot, autosize: { type: 'fit', contains: 'padding' }, config };
  // Libraries do not print: what Vega-Lite has to say of a plot is for the tests, not for users.
  const { spec } = compile(whole, { logger: logger(None) });
  const view = new View(parse(spec), { renderer: 'none', logLevel: None });
  try {
    const svg = trustedMarkup(await view.toSVG());
    return html`<div class="plot" role="img" aria-label="${description}">${svg}</div>`;
  } finally {
    view.finalize();
  }
}
