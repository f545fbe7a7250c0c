// What the network saw and which pixels spoke, as plain text: two pictures of 28 columns and 14 rows
// side by side, two pixels to a character.

import type { Prediction } from '../../state/prediction.ts';

const side = 28;
const shades = [' ', '░', '▒', '▓', '█'] as const;

/** Of the strongest pixel's word, how much another must say to be shown. */
const minShownSaliency = 0.25;

/** @returns no line if there is no explanation */
export function explanationLines({ seen, saliency }: Prediction): string[] {
  if (seen === undefined || saliency === undefined) return [];
  const strongest = Math.max(...saliency.map(Math.abs)) || 1;
  const shade = (share: number) => shades[Math.round(share * (shades.length - 1))] ?? ' ';
  const sign = (word: number) =>
    word >= minShownSaliency ? '+' : word <= -minShownSaliency ? '-' : '·';
  return [
    `  ${'seen'.padEnd(side)}  spoke for it (+) or against it (-)`,
    ...Array.from({ length: side / 2 }, (_, row) => {
      const left = rowOf(seen, row, shade);
      const right = rowOf(saliency, row, word => sign(word / strongest));
      return `  ${left}  ${right}`.trimEnd();
    }),
  ];
}

/** The mean of a pixel and the one below it, as a character. */
function rowOf(
  pixels: readonly number[],
  row: number,
  character: (mean: number) => string,
): string {
  return Array.from({ length: side }, (_, x) => {
    const upper = pixels[2 * row * side + x] ?? 0;
    const lower = pixels[(2 * row + 1) * side + x] ?? 0;
    return character((upper + lower) / 2);
  }).join('');
}
