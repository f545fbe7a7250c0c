/** The network's picture, ink 0…1, as bytes 0…255: a quarter of the memory, and exact for MNIST. */
export function inkBytes(ink: Float32Array): Uint8Array {
  const bytes = new Uint8Array(ink.length);
  for (let i = 0; i < ink.length; i++) bytes[i] = Math.round(255 * ink[i]!);
  return bytes;
}
