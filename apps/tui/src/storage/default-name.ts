// The name under which a drawing is saved unless the person types another.

/** @returns for example `digit-2026-11-24-074502.png`, by the local clock. */
export function defaultPictureName(at: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `digit-${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}.png`;
}
