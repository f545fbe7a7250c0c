// A small data folder and strokes of a few writers, to create evaluation sets from.

import type { Dataset } from '../../../src/data/dataset.ts';
import type { RecordedDrawing, StrokeFile } from '../../../src/data/strokes.ts';
import { rasterize } from '../../../src/data/synthesis/rendering/rasterize.ts';
import type { CanvasBrush } from '../../../src/data/synthesis/rendering/render.ts';
import type { EvaluationSources } from '../../../src/evaluation/sets/evaluation-set.ts';

export const brush: CanvasBrush = (drawing, radius) =>
  rasterize(drawing, 28, { radius, isSoft: true });

/** Upright bars; the column is the digit. */
export function dataset(name: string, count: number, side = 28): Dataset {
  return {
    name,
    count,
    rows: side,
    columns: side,
    pixels: Uint8Array.from({ length: count * side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side) % side];
      const digit = Math.floor(i / (side * side)) % 10;
      return Math.abs(x - 9 - digit) < 2 && y > 5 && y < 23 ? 255 : 0;
    }),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
  };
}

/** The same drawings by seven writers a to g; e is held out. */
export function strokesFile(name: string, labels: readonly (number | undefined)[]): StrokeFile {
  const writers = [...'abcdefg'];
  const drawings = writers.flatMap((writer, i) =>
    labels.map((label): RecordedDrawing => {
      const strokes = [
        [
          [0.3, 0.2],
          [0.6 + i / 30, 0.5],
          [0.4, 0.8],
        ] as const,
        [
          [0.3, 0.5],
          [0.5, 0.5],
        ] as const,
      ];
      return { label, writer, strokes };
    }),
  );
  return { name, sha256: '0'.repeat(64), drawings };
}

export function sourcesOf(changes: Partial<EvaluationSources> = {}): EvaluationSources {
  return {
    name: 'bars',
    data: {
      training: dataset('training', 24),
      test: dataset('test', 11),
      digests: {},
      isTransposed: false,
    },
    drawn: {
      strokes: [strokesFile('digits', [3, 5]), strokesFile('letters', [undefined])],
      brush,
      outlierCount: 97,
      styleCount: 3,
    },
    seed: 1,
    ...changes,
  };
}
