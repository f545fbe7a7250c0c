// The numbers and colours of pictures: the activations of a layer, the weights of a neuron.

type Rgb = readonly [red: number, green: number, blue: number];

/** From no activation to the greatest of the layer, in even steps; light and dark as the paper. */
const ramps: Readonly<Record<'dark' | 'light', readonly Rgb[]>> = {
  // As in matplotlib's "inferno", whose brightness rises evenly.
  dark: [
    [0, 0, 4],
    [87, 16, 110],
    [188, 55, 84],
    [249, 142, 9],
    [252, 255, 164],
  ],
  light: [
    [255, 255, 255],
    [253, 208, 162],
    [241, 105, 19],
    [166, 54, 3],
    [80, 20, 0],
  ],
};

/** @returns 0…1, the square root of the activation's fraction of the greatest: weak ones are visible. */
export function heatOf(activation: number, greatest: number): number {
  return greatest > 0 && activation > 0 ? Math.sqrt(activation / greatest) : 0;
}

/** @param heat 0…1 @returns its colour, each part 0…255 */
export function heatColour(heat: number, theme: 'dark' | 'light'): Rgb {
  const ramp = ramps[theme];
  const position = Math.min(Math.max(heat, 0), 1) * (ramp.length - 1);
  const step = Math.min(Math.floor(position), ramp.length - 2);
  const [from, to] = [ramp[step]!, ramp[step + 1]!];
  const part = (index: 0 | 1 | 2) =>
    Math.round(from[index] + (to[index] - from[index]) * (position - step));
  return [part(0), part(1), part(2)];
}

/** @returns weights as fractions of the strongest, −1…1. */
export function fractionsOf(weights: readonly number[]): number[] {
  const strongest = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0) || 1;
  return weights.map(weight => weight / strongest);
}
