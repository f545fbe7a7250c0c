// The figures of chapter 4: a drawing on its way through the preprocessing, ones with a flag beside sevens,
// accuracy by preprocessing and by training, and a reliability diagram.

import { canvasBrush } from '../../../libs/nn/cli/shared/sources.ts';
import { styleFamilies } from '../../../libs/nn/src/data/synthesis/families/style-families.ts';
import { StyleParameters } from '../../../libs/nn/src/data/synthesis/families/style-parameters.ts';
import { render } from '../../../libs/nn/src/data/synthesis/rendering/render.ts';
import { Random } from '../../../libs/nn/src/engine/random.ts';
import type { Calibration } from '../../../libs/nn/src/evaluation/metrics/calibration.ts';
import type { Picture } from '../../../libs/nn/src/preprocess/picture.ts';
import { preprocess } from '../../../libs/nn/src/preprocess/preprocess.ts';
import type { Measurements } from './measure.ts';
import { createPlot } from './plot.ts';
import { arrow, type Box, figure, image, line, rectangle, text } from './svg.ts';

/** Draws all figures of the chapter, by name. */
export function drawStrangersFigures(measured: Measurements): Record<string, string> {
  return {
    'preprocessing-steps': drawSteps(),
    'ones-and-sevens': drawOnesAndSevens(),
    'strangers-accuracy': drawAccuracy(measured),
    reliability: drawReliability(measured.calibration),
  };
}

function familyOf(name: string) {
  return styleFamilies.find(family => family.name === name)!;
}

function drawDigit(family: string, random: Random) {
  return familyOf(family).draw(new StyleParameters(random, 'validation'));
}

const photoSide = 96;

/** A seven in thin pencil on paper in uneven light, a little noise on it. */
function photograph(): Picture {
  const random = new Random(7);
  const style = { size: 40, centre: [60, 38], radius: 0.8, grid: 'none', isSoft: true } as const;
  const drawing = drawDigit('seven with a bar', random);
  const { data, ...rest } = render(drawing, { side: photoSide, ...style }, canvasBrush);
  const seen = data.map((ink, i) => {
    const [x, y] = [i % photoSide, Math.floor(i / photoSide)];
    const paper = 225 - 0.6 * x - 0.4 * y;
    return Math.round(paper * (1 - (0.55 * ink) / 255) + 3 * random.normal());
  });
  return { ...rest, data: seen };
}

/** The steps whose result differs visibly from the one before, and what to write below. */
const shownSteps = new Map([
  ['flatten-illumination', 'light evened'],
  ['polarity', 'ink, not grey'],
  ['crop', 'cropped'],
  ['thicken-thin-strokes', 'thickened'],
  ['fit', 'fitted to 20×20'],
  ['centre-by-mass', 'centred by mass'],
]);

function drawSteps(): string {
  const photo = photograph();
  const pictures = [{ label: 'as sent', picture: photo }];
  preprocess(photo, (name, picture) => {
    const label = shownSteps.get(name);
    if (label) pictures.push({ label, picture });
  });
  const panels = pictures.map(({ label, picture }, i) => {
    const [left, top] = [8 + (i % 4) * 158, 8 + Math.floor(i / 4) * 186];
    return [
      showPicture(picture, { left, top, width: 132, height: 132 }),
      text([left + 66, top + 150], label, 'f-ink', 'middle'),
      text([left + 66, top + 166], `${picture.width}×${picture.height}`, 'f-faint small', 'middle'),
      i % 4 < 3 && i < pictures.length - 1
        ? arrow([left + 136, top + 66], [left + 154, top + 66])
        : '',
    ].join('\n');
  });
  return figure(
    { width: 640, height: 378, title: 'A photographed seven after the steps of the preprocessing' },
    ...panels,
  );
}

/** A picture as large as the box allows, at its own aspect ratio, in a frame. */
function showPicture({ width, height, data }: Picture, box: Box): string {
  const scale = Math.min(box.width / width, box.height / height);
  const shown = {
    left: box.left + (box.width - scale * width) / 2,
    top: box.top + (box.height - scale * height) / 2,
    width: scale * width,
    height: scale * height,
  };
  const pixels = image({ width, height, channels: 1, data: Uint8Array.from(data) }, shown);
  return pixels + rectangle(shown, 's-faint', 'fill="none"');
}

const samplesPerFamily = 8;

/** Ones with a flag above, sevens below, as the network gets them. */
function drawOnesAndSevens(): string {
  const rows = ['one with a straight flag', 'one with a bent flag', 'seven', 'seven with a bar'];
  const style = {
    side: 64,
    size: 46,
    centre: [32, 32],
    radius: 2,
    grid: 'none',
    isSoft: true,
  } as const;
  const panels = rows.map((family, row) => {
    const random = new Random(4, row);
    const top = 8 + row * 66;
    const pictures = Array.from({ length: samplesPerFamily }, (_, i) =>
      showPicture(render(drawDigit(family, random), style, canvasBrush), {
        left: 168 + i * 58,
        top,
        width: 52,
        height: 52,
      }),
    );
    return [text([8, top + 30], family), ...pictures].join('\n');
  });
  return figure({ width: 640, height: 272, title: 'Ones with a flag, and sevens' }, ...panels);
}

/** One horizontal bar for every step of the preprocessing and for every way to train. */
function drawAccuracy({ steps, networks, training }: Measurements): string {
  const groups: [string, { name: string; accuracy: number }[]][] = [
    ['The network of chapter 3', [{ name: 'MNIST’s test images', accuracy: training.test }]],
    ['… on drawings', [...steps]],
    [
      'All steps, trained for longer on',
      networks.map(({ name, drawings }) => ({ name, accuracy: drawings })),
    ],
  ];
  const parts: string[] = [];
  let top = 8;
  for (const [title, bars] of groups) {
    parts.push(text([8, top + 14], title, 'f-ink bold'));
    top += 22;
    for (const { name, accuracy } of bars) {
      const width = 290 * accuracy;
      parts.push(
        text([292, top + 14], name, 'f-faint', 'end'),
        rectangle({ left: 300, top: top + 2, width, height: 16 }, 'f-first'),
        text([306 + width, top + 14], `${(100 * accuracy).toFixed(1)} %`),
      );
      top += 24;
    }
    top += 8;
  }
  return figure(
    { width: 660, height: top, title: 'Accuracy by preprocessing and training' },
    ...parts,
  );
}

/** Accuracy by confidence, before and after all logits are divided by the temperature. */
function drawReliability(calibrations: readonly Calibration[]): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const format = (value: number) => `${100 * value}`;
  const panels = calibrations.map(({ bins, temperature, expectedCalibrationError }, i) => {
    const box = { left: 52 + i * 316, top: 60, width: 240, height: 200 };
    const x = { from: 0, to: 1, ticks, label: 'confidence, %', format };
    const plot = createPlot(box, x, { from: 0, to: 1, ticks, label: 'correct, %', format });
    const bars = bins
      .filter(({ count }) => count >= minBinCount)
      .map(({ low, high, accuracy }) => {
        const [left, top] = plot.at(low, accuracy!);
        const [right, bottom] = plot.at(high, 0);
        const bar = { left, top, width: right - left, height: bottom - top };
        return rectangle(bar, 'f-first', 'opacity="0.75"');
      });
    const error = `calibration error ${(100 * expectedCalibrationError).toFixed(1)} %`;
    return [
      text([box.left, 18], `temperature ${temperature.toFixed(2)}`, 'f-ink bold'),
      text([box.left, 34], error, 'f-faint'),
      plot.frame,
      ...bars,
      line([plot.at(0, 0), plot.at(1, 1)], 's-second', 'stroke-width="2" stroke-dasharray="5 4"'),
    ].join('\n');
  });
  return figure(
    { width: 640, height: 306, title: 'Accuracy by confidence on drawings' },
    ...panels,
  );
}

/** Bins of fewer predictions say little. */
const minBinCount = 10;
