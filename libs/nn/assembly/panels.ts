// The panel layout: a matrix [rows, columns] in panels of 32 columns, each of them row-major:
// [⌈columns / 32⌉, panelRows, 32], padded with zeros. src/engine/kernels/panels.ts describes it.

/** 8 accumulators of 4 lanes, half of the registers: enough to hide the latency of the additions. */
export const panelWidth: i32 = 32;
export const panelRowBytes: usize = 4 * <usize>panelWidth;

/** matrix[rows, columns] ← panels[⌈columns / 32⌉, panelRows, 32] */
export function unpackPanels(
  matrix: usize,
  panels: usize,
  rows: i32,
  columns: i32,
  panelRows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let from = panels + <usize>row * panelRowBytes;
    for (let column = 0; column < columns; column += panelWidth) {
      const bytes = <usize>min(panelWidth, columns - column) * 4;
      memory.copy(matrix, from, bytes);
      matrix += bytes;
      from += <usize>panelRows * panelRowBytes;
    }
  }
}

/** panels[⌈columns / 32⌉, panelRows, 32] ← matrix[rows, columns] */
export function packPanels(
  panels: usize,
  matrix: usize,
  rows: i32,
  columns: i32,
  panelRows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let to = panels + <usize>row * panelRowBytes;
    for (let column = 0; column < columns; column += panelWidth) {
      const bytes = <usize>min(panelWidth, columns - column) * 4;
      if (bytes == panelRowBytes) {
        copyPanelRow(to, matrix);
      } else {
        memory.copy(to, matrix, bytes);
        memory.fill(to + bytes, 0, panelRowBytes - bytes);
      }
      matrix += bytes;
      to += <usize>panelRows * panelRowBytes;
    }
  }
}

/** Copies 128 bytes, which is faster than a call of memory.copy. */
function copyPanelRow(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
  v128.store(to, v128.load(from, 64), 64);
  v128.store(to, v128.load(from, 80), 80);
  v128.store(to, v128.load(from, 96), 96);
  v128.store(to, v128.load(from, 112), 112);
}

/**
 * Columns firstColumn … firstColumn + rows − 1 of panels[…, panelRows, 32] ← the transpose of
 * matrix[rows, columns]. `firstColumn` is a multiple of 4.
 */
export function packTransposedPanels(
  panels: usize,
  matrix: usize,
  rows: i32,
  columns: i32,
  firstColumn: i32,
  panelRows: i32,
): void {
  const rowBytes = <usize>columns * 4;
  for (let row = 0; row < rows; row += 4) {
    const place = firstColumn + row;
    let to = panels + <usize>(place / panelWidth) * <usize>panelRows * panelRowBytes;
    to += <usize>(place % panelWidth) * 4;
    const source = matrix + <usize>row * rowBytes;
    if (rows - row < 4) {
      packTransposedEdge(to, source, rows - row, 0, columns, rowBytes);
      continue;
    }
    const whole = columns & ~3;
    for (let column = 0; column < whole; column += 4) {
      transposeFour(to + <usize>column * panelRowBytes, source + <usize>column * 4, rowBytes);
    }
    packTransposedEdge(to, source, 4, whole, columns, rowBytes);
  }
}

function packTransposedEdge(
  to: usize,
  source: usize,
  rows: i32,
  firstColumn: i32,
  columns: i32,
  rowBytes: usize,
): void {
  for (let column = firstColumn; column < columns; column++) {
    for (let i = 0; i < rows; i++) {
      const value = f32.load(source + <usize>i * rowBytes + <usize>column * 4);
      f32.store(to + <usize>column * panelRowBytes + <usize>i * 4, value);
    }
  }
}

function transposeFour(to: usize, source: usize, rowBytes: usize): void {
  const a = v128.load(source);
  const b = v128.load(source + rowBytes);
  const c = v128.load(source + 2 * rowBytes);
  const d = v128.load(source + 3 * rowBytes);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + panelRowBytes, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * panelRowBytes, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
  v128.store(to + 3 * panelRowBytes, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
}
