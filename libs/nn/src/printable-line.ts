// Makes text from files safe to print: one line that cannot steer the terminal.

const maxCharacters = 2000;

/**
 * @returns the text with every run of control, format and line-breaking characters as a space; longer than
 * 2000 characters it ends in an ellipsis
 */
export function printableLine(text: string): string {
  const line = text.slice(0, maxCharacters).replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  return text.length > maxCharacters ? `${line}…` : line;
}
