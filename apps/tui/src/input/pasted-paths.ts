// Reads the paths in pasted text: of files that were dropped on the terminal, or copied in a file manager
// or a shell. Terminals quote them for a shell, or write them as file:// addresses or Windows paths.

import { fileURLToPath } from 'node:url';

const pathStart = /^(?:[/~]|\.{1,2}[\\/]|[A-Za-z]:[\\/]|\\\\)/;

/** @returns whether a file has the name of a picture, or of saved strokes */
export function isNameOfDrawing(name: string): boolean {
  return /\.(?:png|jpe?g|jfif|webp|json)$/i.test(name);
}

/**
 * @param platform of the running app: where it is not Windows, Windows paths are those that WSL mounts
 * @returns the paths, without quotes, in their order; none if there is anything else in the text
 */
export function pastedPaths(text: string, platform: NodeJS.Platform = process.platform): string[] {
  const isWindows = platform === 'win32';
  const words = text.split(/[\r\n]+/).flatMap(line => wordsOf(line.trim(), isWindows));
  const paths = words.map(word => pathOf(word, isWindows)).filter(path => path !== undefined);
  return paths.length === words.length ? paths : [];
}

function pathOf(word: string, isWindows: boolean): string | undefined {
  if (/^file:/i.test(word)) return pathOfAddress(word, isWindows);
  if (/^[a-z]+:\/\/|\0/i.test(word)) return undefined;
  if (!pathStart.test(word) && !isNameOfDrawing(word)) return undefined;
  return isWindows ? word : wslPath(word);
}

function pathOfAddress(address: string, isWindows: boolean): string | undefined {
  const url = URL.parse(address);
  if (url === null || /%00/.test(address)) return undefined;
  try {
    // In Windows' form, since only that has a place for the name of a host.
    if (!isWindows && url.host !== '') {
      const path = wslPath(fileURLToPath(url, { windows: true }));
      return path.startsWith('/') ? path : undefined;
    }
    const path = fileURLToPath(url, { windows: isWindows });
    return isWindows ? path : wslPath(path.replace(/^\/(?=[A-Za-z]:\/)/, ''));
  } catch {
    return undefined;
  }
}

/** @returns where WSL has a file of Windows, or of its own by Windows' name for it; other paths as they are */
function wslPath(path: string): string {
  const [, drive, onDrive] = /^([A-Za-z]):[\\/](.*)$/.exec(path) ?? [];
  if (drive !== undefined) return `/mnt/${drive.toLowerCase()}/${withSlashes(onDrive ?? '')}`;
  const own = /^\\\\wsl(?:\.localhost|\$)\\[^\\]+(\\.*)$/i.exec(path)?.[1];
  return own === undefined ? path : withSlashes(own);
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

function wordsOf(line: string, isWindows: boolean): string[] {
  const words: string[] = [];
  for (let start = 0; start < line.length; ) {
    const { text, end } = readWord(line, start, isWindows);
    words.push(text);
    start = end + (matchAt(/\s*/y, line, end)?.[0].length ?? 0);
  }
  return words;
}

/** What was read of a line, without quotes, and the index behind it. */
interface Part {
  readonly text: string;
  readonly end: number;
}

function readWord(line: string, start: number, isWindows: boolean): Part {
  const address = matchAt(/file:\/\/\S*/iy, line, start)?.[0];
  if (address !== undefined) return { text: address, end: start + address.length };
  const hasEscapes = !isWindows && matchAt(/['"]?(?:[A-Za-z]:[\\/]|\\\\)/y, line, start) === null;
  let text = '';
  let end = start;
  for (
    let part = readPart(line, start, hasEscapes);
    part !== undefined;
    part = readPart(line, end, hasEscapes)
  ) {
    text += part.text;
    end = part.end;
  }
  return { text, end };
}

/** Not every program quotes a space: it ends a word only if another path begins behind it. */
const endOfWord = /\s+(?:['"/~]|\.{1,2}[\\/]|[A-Za-z]:[\\/]|\\\\|file:\/\/)/iy;

/** The forms of quoting in a shell, as regular expressions whose first group is what is quoted. */
const quotes = [/'([^']*)'/y, /"((?:[^"\\]|\\.)*)"/y, /\\(.)/y];
const quotesWithoutEscapes = [/'([^']*)'/y, /"([^"]*)"/y];

/** @returns undefined at the end of a word */
function readPart(line: string, start: number, hasEscapes: boolean): Part | undefined {
  if (start >= line.length || matchAt(endOfWord, line, start) !== null) return undefined;
  for (const quote of hasEscapes ? quotes : quotesWithoutEscapes) {
    const match = matchAt(quote, line, start);
    if (match === null) continue;
    const [whole, quoted = ''] = match;
    const isDouble = hasEscapes && whole.startsWith('"');
    return {
      text: isDouble ? quoted.replace(/\\([$`"\\])/g, '$1') : quoted,
      end: start + whole.length,
    };
  }
  const plain = matchAt(/\s+|[^\s'"\\]+|./y, line, start)?.[0] ?? '';
  return { text: plain, end: start + plain.length };
}

function matchAt(form: RegExp, line: string, start: number): RegExpExecArray | null {
  form.lastIndex = start;
  return form.exec(line);
}
