// Parses a row of text with SGR sequences, as Ink writes it, into cells.

/** A character and its style: attributes, foreground and background as SGR parameters. */
export interface StyledCell {
  readonly character: string;
  readonly attributes: string;
  readonly foreground: string;
  readonly background: string;
}

export const emptyCell: StyledCell = {
  character: ' ',
  attributes: '',
  foreground: '',
  background: '',
};

const escapeCode = 0x1b;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
const styleSequence = /\u001b\[([\d;]*)m/y;

/** The attributes that each parameter ends: 22 ends bold and dim, the others one each. */
const ends: Readonly<Record<string, readonly string[]>> = {
  '22': ['1', '2'],
  '23': ['3'],
  '24': ['4'],
  '27': ['7'],
  '29': ['9'],
};

/**
 * @returns a cell for each character; each must be one column wide. A loop, since rows with a picture have
 *   two sequences for each cell: one regular expression for all parts, and splitting each sequence, took
 *   seven times as long.
 */
export function cellsOfRow(row: string): StyledCell[] {
  const cells: StyledCell[] = [];
  let style = emptyCell;
  for (let index = 0; index < row.length; ) {
    if (row.charCodeAt(index) === escapeCode) {
      styleSequence.lastIndex = index;
      const [sequence = '', parameters] = styleSequence.exec(row) ?? [];
      if (parameters !== undefined) style = styleAfter(style, parameters);
      index += sequence.length || 1;
      continue;
    }
    const character = String.fromCodePoint(row.codePointAt(index) ?? 0);
    const { attributes, foreground, background } = style;
    cells.push({ character, attributes, foreground, background });
    index += character.length;
  }
  return cells;
}

/** Extended colours (38 and 48) take the rest of a sequence: Ink writes one colour in each. */
function styleAfter(style: StyledCell, parameters: string): StyledCell {
  const { character, attributes, foreground, background } = style;
  if (parameters.startsWith('38;')) {
    return { character, attributes, foreground: parameters, background };
  }
  if (parameters.startsWith('48;')) {
    return { character, attributes, foreground, background: parameters };
  }
  return parameters.split(';').reduce(styleAfterOne, style);
}

function styleAfterOne(style: StyledCell, parameter: string): StyledCell {
  const code = Number(parameter);
  if (code === 0) return emptyCell;
  if (code === 39) return { ...style, foreground: '' };
  if (code === 49) return { ...style, background: '' };
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
    return { ...style, foreground: parameter };
  }
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) {
    return { ...style, background: parameter };
  }
  const held = style.attributes === '' ? [] : style.attributes.split(';');
  const ended = ends[parameter];
  if (ended !== undefined) {
    return { ...style, attributes: held.filter(each => !ended.includes(each)).join(';') };
  }
  return held.includes(parameter)
    ? style
    : { ...style, attributes: [...held, parameter].join(';') };
}
