// The areas of the screen: rectangles of cells, and which panel has which.

import type { PictureForm } from '../canvas/picture-rows.ts';

/** A rectangle of cells on the screen. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/** The areas of the panels, with their borders; `undefined` for a panel that the window has no place for. */
export interface PanelAreas {
  readonly canvas: Area;
  /** All beside the canvas but the keys: the panels below, or one of the settings, of a list, of the help. */
  readonly side: Area;
  /** The answer in words, and a bar for each class; only the words if it has less than `answerRows`. */
  readonly answer: Area | undefined;
  /** The big digit; without this panel it is beside the bars. */
  readonly digit: Area | undefined;
  /** The network's input; without this panel a small picture of it is beside the bars, if it fits. */
  readonly seen: Area | undefined;
  /** The outputs of the layers for the drawing. */
  readonly layers: Area | undefined;
  /** All keys. */
  readonly keys: Area | undefined;
  /** Service and message. Without rows to spare it has no border but the one above. */
  readonly status: Area;
}

export interface Layout {
  readonly form: PictureForm;
  /** The cells of the canvas within its border. */
  readonly canvas: Area;
  readonly panels: PanelAreas;
  /** The row of the title. */
  readonly header: Area;
  readonly isStatusBoxed: boolean;
  /** The lines of keys at the bottom. */
  readonly keyLines: Area;
}

export function splitColumns(area: Area, columns: number): [Area, Area] {
  return [
    { ...area, columns },
    { ...area, left: area.left + columns, columns: area.columns - columns },
  ];
}

export function splitRows(area: Area, rows: number): [Area, Area] {
  return [
    { ...area, rows },
    { ...area, top: area.top + rows, rows: area.rows - rows },
  ];
}

/** @returns the area without a margin. */
export function inset(area: Area, columns: number, rows: number): Area {
  return {
    left: area.left + columns,
    top: area.top + rows,
    columns: area.columns - 2 * columns,
    rows: area.rows - 2 * rows,
  };
}
