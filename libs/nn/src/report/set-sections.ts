// Renders the report's sections about all sets: their figures, the refused outliers and the most confident
// mistakes.

import type { Refusal } from '../evaluation/metrics/refusal.ts';
import type { MeasuredSets, SetMeasurements, WorstOfSet } from '../evaluation/sets/measure-sets.ts';
import { type Html, html } from './page/html.ts';
import { describeRefusal, refusalHead, refusalRowsOf } from './tables/refusal-table.ts';
import { confusedTitle, type SetRows, setTableOf } from './tables/set-table.ts';
import { renderMistake } from './worst-mistakes.ts';

const digitColumn = html`“1→7/7→1” counts ones classified as a seven and sevens as a one; `;

const drawnSets = html` The writers of the drawings are held
out of training; the digits by style are drawn with lengths and angles that training does not use.`;

/** Renders the table of all sets without outliers. */
export function renderSetTable(measurements: SetMeasurements): Html {
  const { head, groups } = setTableOf(measurements);
  const hasDrawings = measurements.evaluations.some(
    ({ group }) => group === 'drawings' || group === 'styles',
  );
  return html`<section>
<h2>All sets</h2>
<p>${head.includes(confusedTitle) ? digitColumn : html``}ECE is the expected calibration error;
“refused” is the fraction that the model's own thresholds did not accept.${hasDrawings ? drawnSets : html``}</p>
<div class="scroll"><table>
<thead>${renderRow(head, 'col')}</thead>
${groups.map(group => renderGroup(group, head.length))}</table></div>
</section>`;
}

function renderGroup({ title, rows, total }: SetRows, columns: number): Html {
  return html`<tbody>
<tr><th class="group" scope="rowgroup" colspan="${columns}">${title}</th></tr>
${rows.map(row => renderRow(row, 'row'))}${total ? renderRow(total, 'row', 'total') : html``}</tbody>
`;
}

/** Renders the table of the outliers. */
export function renderRefusal(refusal: Refusal): Html {
  return html`<section>
<h2>Outliers</h2>
<p>${describeRefusal(refusal)}</p>
<div class="scroll"><table>
<thead>${renderRow(refusalHead, 'col')}</thead>
<tbody>
${refusalRowsOf(refusal).map(row => renderRow(row, 'row'))}</tbody>
</table></div>
</section>`;
}

/** Renders a row. Its first cell is a row heading; with scope `col` all cells are column headings. */
function renderRow(cells: readonly string[], scope: 'row' | 'col', className = ''): Html {
  const [first = '', ...others] = cells;
  const rest = others.map(text =>
    scope === 'col' ? html`<th scope="col">${text}</th>` : html`<td>${text}</td>`,
  );
  return html`<tr class="${className}"><th scope="${scope}">${first}</th>${rest}</tr>
`;
}

/**
 * Renders the worst mistakes of every set except the test images, which have a separate section.
 *
 * @param names of the classes
 */
export function renderWorstOfSets(worst: MeasuredSets['worst'], names: readonly string[]): Html {
  const shown = worst.filter(({ group, mistakes }) => group !== 'test' && mistakes.length > 0);
  if (shown.length === 0) return html``;
  return html`<section>
<h2>Worst mistakes of every set</h2>
<p>Images after preprocessing: wrong predictions, and predictions for outliers, most confident first,
with the index of the image in its set.</p>
${shown.map(one => renderWorst(one, names))}
</section>`;
}

function renderWorst({ name, mistakes }: WorstOfSet, names: readonly string[]): Html {
  return html`<h3>${name}</h3>
<div class="mistakes">${mistakes.map(mistake => renderMistake(mistake, names))}</div>
`;
}
