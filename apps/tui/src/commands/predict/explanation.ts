// The explanation of a prediction as plain text: the network's input and the evidence of its pixels,
// side by side, 28 columns and 14 rows each, two pixels to a character.

import type { Prediction } from '@digits/client';

const side = 28;
const shades = [' ', '░', '▒', '▓', '█'] as const;

/** Of the strongest evidence, the fraction from which a pixel is shown. */
const minShownSaliency = 0.25;

/** @returns no line if there is no explanation */
export function explanationLines({ seen, saliency }: Prediction): string[] {
  if (seen === undefined || saliency === undefined) return [];
  const strongest = Math.max(...saliency.map(Math.abs)) || 1;
  const shade = (ink: number) => shades[Math.round(ink * (shades.length - 1))] ?? ' ';
  const sign = (evidence: number) =>
    evidence >= minShownSaliency ? '+' : evidence <= -minShownSaliency ? '-' : '·';
  return [
    `  ${'input'.padEnd(side)}  evidence for it (+) or against it (-)`,
    ...Array.from({ length: side / 2 }, (_, row) => {
      const left = rowOf(seen, row, shade);
      const right = rowOf(saliency, row, evidence => sign(evidence / strongest));
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
