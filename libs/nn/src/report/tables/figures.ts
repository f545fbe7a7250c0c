// Renders HTML tables of figures: all evaluations side by side, and the classes of one evaluation.

import type { Evaluation, NamedEvaluation } from '../../evaluation/metrics/evaluation.ts';
import { percentIfAny, wholeNumber } from '../../evaluation/metrics/format.ts';
import { type Html, html } from '../page/html.ts';
import { overviewRows } from './overview.ts';

/** Renders the overview with one column per evaluation. */
export function renderOverview(evaluations: readonly NamedEvaluation[]): Html {
  const names = evaluations.map(({ name }) => html`<th scope="col">${name}</th>`);
  const rows = overviewRows.map(({ title, figure }) => {
    const cells = evaluations.map(({ evaluation }) => html`<td>${figure(evaluation)}</td>`);
    return html`<tr><th scope="row">${title}</th>${cells}</tr>
`;
  });
  return html`<div class="scroll"><table class="overview">
<thead><tr><td></td>${names}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>`;
}

/** Renders precision, recall and F1 of every class. */
export function renderClassTable({ classes }: Evaluation): Html {
  const rows = classes.map(
    ({ name, count, precision, recall, f1 }) => html`<tr><th scope="row">${name}</th>
<td>${wholeNumber(count)}</td><td>${percentIfAny(precision)}</td>
<td>${percentIfAny(recall)}</td><td>${percentIfAny(f1)}</td></tr>
`,
  );
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Class</th><th scope="col">Images</th><th scope="col">Precision</th>
<th scope="col">Recall</th><th scope="col">F1</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>`;
}
