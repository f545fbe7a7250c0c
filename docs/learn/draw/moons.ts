// The figure of the moons in chapter 2, from examples/two-moons.ts: the answers of networks of four sizes.

import { runExample } from './load-example.ts';
import { type Box, circle, figure, image, rectangle, signedPixels, text } from './svg.ts';

interface Moons {
  readonly forward: (x: number, y: number) => number;
  readonly training: readonly { readonly x: number; readonly y: number; readonly label: number }[];
}

const hiddenSizes = [1, 2, 3, 16] as const;
const panel = { width: 300, height: 190 } as const;

/** What is shown of the plane: a little more than the example prints. */
const area = { left: -1.35, right: 2.35, top: 1.35, bottom: -1.15 } as const;

/** Pixels of the picture of the answers. */
const [columns, rows] = [150, 95];

export async function drawMoons(): Promise<string> {
  const panels: string[] = [];
  for (const [i, size] of hiddenSizes.entries()) {
    const changes = [[', 16, ', `, ${size}, `]] as const;
    const { variables, lines } = await runExample<Moons>(
      'two-moons.ts',
      ['forward', 'training'],
      size === 16 ? [] : changes,
    );
    const left = 10 + (i % 2) * (panel.width + 20);
    const top = 28 + Math.floor(i / 2) * (panel.height + 40);
    const right = /([\d.]+) %/.exec(lines.at(-1)!)![1];
    const neurons = size === 1 ? '1 neuron' : `${size} neurons`;
    panels.push(
      text([left, top - 8], `${neurons}: ${right} % of new points right`, 'f-ink'),
      drawPanel(variables, { left, top, ...panel }),
    );
  }
  return figure(
    {
      width: 640,
      height: 480,
      title: 'The boundary between the moons with 1, 2, 3 and 16 neurons',
    },
    ...panels,
  );
}

function drawPanel({ forward, training }: Moons, box: Box): string {
  const { left, right, top, bottom } = area;
  const answers = Float32Array.from({ length: columns * rows }, (_, i) => {
    const x = left + ((right - left) * ((i % columns) + 0.5)) / columns;
    const y = top + ((bottom - top) * (Math.floor(i / columns) + 0.5)) / rows;
    return 0.55 * (2 * forward(x, y) - 1);
  });
  const points = training.map(({ x, y, label }) =>
    circle(
      [
        box.left + (box.width * (x - left)) / (right - left),
        box.top + (box.height * (y - top)) / (bottom - top),
      ],
      2,
      label === 1 ? 'f-second' : 'f-first',
    ),
  );
  return [
    image(signedPixels(answers, columns), box),
    rectangle(box, 's-rule', 'fill="none"'),
    ...points,
  ].join('\n');
}
