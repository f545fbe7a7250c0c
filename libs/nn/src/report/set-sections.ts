// The parts of the report about everything beyond the test images: all sets in one table, what was
// refused, and the worst of every set as pictures.

import type { Refusal } from '../evaluation/metrics/refusal.ts';
import type { MeasuredSets, SetMeasurements, WorstOfSet } from '../evaluation/sets/measure-sets.ts';
import { type Html, html } from './page/html.ts';
import { describeRefusal, refusalHead, refusalRowsOf } from './tables/refusal-table.ts';
import { type SetRows, setHead, setRowsOf } from './tables/set-table.ts';
import { renderMistake } from './worst-mistakes.ts';

export function renderSetTable(measurements: SetMeasurements): Html {
  return html`<section>
<h2>Everything it was measured on</h2>
<p>ECE is the expected calibration error; “refused” is the share that the model's own thresholds did
not accept. No writer of a drawing here is among those that the network was trained on, if it was
trained on their collection at all.</p>
<div class="scroll"><table>
<thead>${renderRow(setHead, 'col')}</thead>
${setRowsOf(measurements).map(renderGroup)}</table></div>
</section>`;
}

function renderGroup({ title, rows, total }: SetRows): Html {
  return html`<tbody>
<tr><th class="group" scope="rowgroup" colspan="${setHead.length}">${title}</th></tr>
${rows.map(row => renderRow(row, 'row'))}${total ? renderRow(total, 'row', 'total') : html``}</tbody>
`;
}

export function renderRefusal(refusal: Refusal): Html {
  return html`<section>
<h2>What is no digit</h2>
<p>${describeRefusal(refusal)}</p>
<div class="scroll"><table>
<thead>${renderRow(refusalHead, 'col')}</thead>
<tbody>
${refusalRowsOf(refusal).map(row => renderRow(row, 'row'))}</tbody>
</table></div>
</section>`;
}

/** The first cell names the row; in the head, every cell its column. */
function renderRow(cells: readonly string[], scope: 'row' | 'col', className = ''): Html {
  const [first = '', ...others] = cells;
  const rest = others.map(text =>
    scope === 'col' ? html`<th scope="col">${text}</th>` : html`<td>${text}</td>`,
  );
  return html`<tr class="${className}"><th scope="${scope}">${first}</th>${rest}</tr>
`;
}

/**
 * @param names of the classes
 * @returns nothing for the test images, whose mistakes have a part of their own
 */
export function renderWorstOfSets(worst: MeasuredSets['worst'], names: readonly string[]): Html {
  const shown = worst.filter(({ group, mistakes }) => group !== 'test' && mistakes.length > 0);
  if (shown.length === 0) return html``;
  return html`<section>
<h2>The worst of every set</h2>
<p>Pictures as the network saw them, after preprocessing: wrong answers, and answers to what is no
digit, most confident first, with the number of the picture in its set.</p>
${shown.map(one => renderWorst(one, names))}
</section>`;
}

function renderWorst({ name, mistakes }: WorstOfSet, names: readonly string[]): Html {
  return html`<h3>${name}</h3>
<div class="mistakes">${mistakes.map(mistake => renderMistake(mistake, names))}</div>
`;
}
