// Text that came from elsewhere, made fit for the screen: it must not steer the terminal.

/**
 * One line of printable text: every run of control, format, surrogate and line-breaking
 * characters becomes a space, and what is longer than the limit is cut off with an ellipsis.
 */
export function printable(text: string, maxLength: number): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}
