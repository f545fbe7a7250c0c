// One row of the gate's table: a figure of the champion and of the challenger. Narrows the schema in
// libs/protocol to the groups and units that the gate uses.

import type { GateRow as WrittenGateRow } from '@digits/protocol';
import type { SetGroup } from '../sets/evaluation-set.ts';

/** The groups of the table: those of the evaluation sets, and those of the other figures. */
export type RowGroup = SetGroup | 'corrections' | 'refusal' | 'calibration' | 'speed' | 'size';

/** '%' in 0…100; 'area': AUROC in 0…1; the others are as named */
export type RowUnit = '%' | 'area' | 'ms' | 'weights' | 'bytes';

/** A row, as plain data for JSON and the terminal. Names are unique within a group. */
export interface GateRow extends Readonly<WrittenGateRow> {
  readonly group: RowGroup;
  readonly unit: RowUnit;
}

/** The rows that stop a promotion. */
export function blockingRows(rows: readonly GateRow[]): GateRow[] {
  return rows.filter(({ verdict, matters }) => matters && verdict === 'worse');
}

/** A row without a champion to compare with. */
export function rowWithoutChampion(
  row: Pick<GateRow, 'name' | 'group' | 'challenger' | 'unit'>,
): GateRow {
  const why = 'nothing to compare with';
  return { ...row, champion: null, verdict: 'same', matters: false, why };
}
