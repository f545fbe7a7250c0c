// Colours as control sequences (SGR): 24-bit where the terminal has it, else the nearest colour
// of its palette of 256 or 16, else nothing.

/** The colours of a terminal: none, a palette of 16 or 256, or 24 bits. */
export type Colours = 'none' | 16 | 256 | 'full';

/** Each part 0…255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The foreground or the background of a cell. */
export type Layer = 'foreground' | 'background';

/** The first number of an SGR colour: the palette's eight, their bright forms, the extended form. */
const codes = {
  foreground: { normal: 30, bright: 90, extended: 38 },
  background: { normal: 40, bright: 100, extended: 48 },
} as const;

/** Steps of the 6×6×6 cube of the palette of 256, from index 16 on. */
const cubeSteps = [0, 95, 135, 175, 215, 255];
const cubeStart = 16;
/** 24 greys from 8 on in steps of 10, from index 232 on. */
const greyStart = 232;
const greys = 24;

/** The palette of 16 as xterm has it; a terminal's own differs, but light stays light. */
const basic: readonly Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

/** @returns the sequence that sets a layer to the nearest colour; empty without colour. */
export function colourSequence(layer: Layer, rgb: Rgb, colours: Colours): string {
  const { normal, bright, extended } = codes[layer];
  switch (colours) {
    case 'none':
      return '';
    case 16: {
      const index = nearest(rgb, basic);
      return `\u{1b}[${index < 8 ? normal + index : bright + index - 8}m`;
    }
    case 256:
      return `\u{1b}[${extended};5;${paletteIndex(rgb)}m`;
    case 'full':
      return `\u{1b}[${extended};2;${rgb.join(';')}m`;
  }
}

/** @returns the linear mix of two colours: the first at 0, the second at 1. */
export function mixColours(from: Rgb, to: Rgb, fraction: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * fraction);
  return [part(0), part(1), part(2)];
}

/** The nearest of the cube and of the greys, which have finer steps. */
function paletteIndex(rgb: Rgb): number {
  const cube = rgb.map(part => nearestStep(part)) as unknown as Rgb;
  const inCube: Rgb = [cubeSteps[cube[0]]!, cubeSteps[cube[1]]!, cubeSteps[cube[2]]!];
  const mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
  const grey = Math.min(Math.max(Math.round((mean - 8) / 10), 0), greys - 1);
  const greyTone = 8 + 10 * grey;
  if (distance(rgb, [greyTone, greyTone, greyTone]) < distance(rgb, inCube)) {
    return greyStart + grey;
  }
  return cubeStart + 36 * cube[0] + 6 * cube[1] + cube[2];
}

function nearestStep(part: number): number {
  const distances = cubeSteps.map(step => Math.abs(step - part));
  return distances.indexOf(Math.min(...distances));
}

function nearest(rgb: Rgb, palette: readonly Rgb[]): number {
  const distances = palette.map(colour => distance(rgb, colour));
  return distances.indexOf(Math.min(...distances));
}

function distance(one: Rgb, other: Rgb): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}
