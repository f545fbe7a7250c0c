// A strict parser of multipart/form-data (RFC 7578) for a whole body: one file in the field "file",
// text only where it is expected, heads as all common clients write them. It never says what is
// wrong with a form: what it takes, it reads as @fastify/multipart does, and the rest it declines.

import type { Upload } from './upload.ts';

const boundaryPattern = /^multipart\/form-data; ?boundary=([\w'()+,./:=?-]{1,70})$/;

const headPattern =
  /^Content-Disposition: form-data; name="(\w{1,40})"(; filename="[^"\\\r\n]{0,300}")?(\r\nContent-Type: [\w.+-]{1,60}\/[\w.+-]{1,60})?$/i;

/** Longer heads are not looked through. */
const maxHeadBytes = 512;

/** Longer texts are judged elsewhere. */
const maxTextBytes = 1024;

const plainText = /^[\x20-\x7e]*$/;

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  /** Whether the part has neither file name nor type. */
  readonly isText: boolean;
  readonly content: Buffer;
  /** Where the delimiter after the content begins. */
  readonly end: number;
}

/** @returns null for whatever is not plain; the file is a view on the body */
export function parseSmallForm(
  body: Buffer,
  contentType: string | undefined,
  expectedFields: readonly string[],
): Upload | null {
  const boundary = boundaryPattern.exec(contentType ?? '')?.[1];
  if (
    boundary === undefined ||
    body.toString('latin1', 0, boundary.length + 2) !== `--${boundary}`
  ) {
    return null;
  }
  const delimiter = `\r\n--${boundary}`;
  const fields: Record<string, string> = {};
  let file: Buffer | null = null;
  let at = boundary.length + 2;
  while (body.toString('latin1', at, at + 2) === '\r\n') {
    const part = readPart(body, at + 2, delimiter);
    if (part === null) return null;
    if (part.isFile && part.name === 'file' && file === null) file = part.content;
    else if (!takeText(part, fields, expectedFields)) return null;
    at = part.end + delimiter.length;
  }
  const rest = body.toString('latin1', at, at + 5);
  return file !== null && (rest === '--' || rest === '--\r\n') ? { bytes: file, fields } : null;
}

function readPart(body: Buffer, start: number, delimiter: string): Part | null {
  const contentStart = body.indexOf('\r\n\r\n', start, 'latin1') + 4;
  if (contentStart < start + 4 || contentStart > start + maxHeadBytes) return null;
  const head = headPattern.exec(body.toString('latin1', start, contentStart - 4));
  const end = body.indexOf(delimiter, contentStart, 'latin1');
  if (!head || end === -1) return null;
  const [, name, filename, type] = head;
  return {
    name: name!,
    isFile: filename !== undefined,
    isText: filename === undefined && type === undefined,
    content: body.subarray(contentStart, end),
    end,
  };
}

function takeText(
  { name, isText, content }: Part,
  fields: Record<string, string>,
  expectedFields: readonly string[],
): boolean {
  if (!isText || content.length > maxTextBytes) return false;
  if (!expectedFields.includes(name) || name in fields) return false;
  const text = content.toString('latin1');
  fields[name] = text;
  return plainText.test(text);
}
