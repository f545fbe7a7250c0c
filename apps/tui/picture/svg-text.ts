// Numbers, colours and characters as SVG writes them, as short as possible.

/** A tenth of a pixel is not seen. */
export function figure(value: number, decimals = 1): string {
  return String(Number(value.toFixed(decimals)));
}

/** `#aabbcc` as `#abc`. */
export function shortColour(colour: string): string {
  return colour.replace(/^#(.)\1(.)\2(.)\3$/, '#$1$2$3');
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
