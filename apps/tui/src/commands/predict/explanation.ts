// What the network saw and which pixels spoke, as plain text: two pictures of 28 columns and 14 rows
// side by side, two pixels to a character.

import type { Prediction } from '../../service/answers.ts';

const SIDE = 28;
const SHADES = [' ', '░', '▒', '▓', '█'] as const;

/** Of the strongest pixel's word, how much another must say to be shown. */
const LOUD = 0.25;

/** @returns no line if there is no explanation */
export function explanationLines({ seen, saliency }: Prediction): string[] {
  if (seen === undefined || saliency === undefined) return [];
  const strongest = Math.max(...saliency.map(Math.abs)) || 1;
  const shade = (share: number) => SHADES[Math.round(share * (SHADES.length - 1))] ?? ' ';
  const sign = (word: number) => (word >= LOUD ? '+' : word <= -LOUD ? '-' : '·');
  return [
    `  ${'seen'.padEnd(SIDE)}  spoke for it (+) or against it (-)`,
    ...Array.from({ length: SIDE / 2 }, (_, row) => {
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
  return Array.from({ length: SIDE }, (_, x) => {
    const upper = pixels[2 * row * SIDE + x] ?? 0;
    const lower = pixels[(2 * row + 1) * SIDE + x] ?? 0;
    return character((upper + lower) / 2);
  }).join('');
}
