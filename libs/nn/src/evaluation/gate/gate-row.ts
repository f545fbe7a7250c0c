// What the gate says of one figure, and what follows from all of them.

import type { SetGroup } from '../sets/evaluation-set.ts';

export type RowComparison = 'better' | 'same' | 'worse';

export type RowGroup = SetGroup | 'corrections' | 'refusal' | 'calibration' | 'speed' | 'size';

/** '%' of 100; 'area' 0…1; the others as they are called */
export type RowUnit = '%' | 'area' | 'ms' | 'weights' | 'bytes';

/** One figure of both contenders; plain data, for JSON and the terminal. */
export interface GateRow {
  /** 'MNIST test images'; no two rows of a group have the same */
  readonly name: string;
  readonly group: RowGroup;
  /** null where there is no champion to compare with */
  readonly champion: number | null;
  readonly challenger: number;
  readonly unit: RowUnit;
  readonly verdict: RowComparison;
  /** whether `worse` stops a promotion */
  readonly matters: boolean;
  readonly why: string;
}

/** The rows that stop a promotion. */
export function blockingRows(rows: readonly GateRow[]): GateRow[] {
  return rows.filter(({ verdict, matters }) => matters && verdict === 'worse');
}

/** A row where there is nothing to compare with. */
export function rowWithoutChampion(
  row: Pick<GateRow, 'name' | 'group' | 'challenger' | 'unit'>,
): GateRow {
  const why = 'nothing to compare with';
  return { ...row, champion: null, verdict: 'same', matters: false, why };
}
