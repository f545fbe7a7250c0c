// Text in ASCII, for terminals that show nothing else.

/** Each has a replacement of the same width, so that nothing moves. */
const replacements: Readonly<Record<string, string>> = {
  '–': '-',
  '…': '.',
  '×': 'x',
  '·': '.',
  '’': "'",
  '→': '>',
  '−': '-',
  '‹': '<',
  '›': '>',
};

/** @returns the text in ASCII: letters without their accents, `?` for what has no replacement. */
export function toAscii(text: string): string {
  // A mark has no width of its own.
  return text.replace(/\p{M}/gu, '').replace(/\P{ASCII}/gu, character => {
    const [base = ''] = character.normalize('NFKD');
    return replacements[character] ?? (/\p{ASCII}/u.test(base) ? base : '?');
  });
}
