// A strict parser of multipart/form-data (RFC 7578) for a body in memory: one file in the field "file",
// expected text fields, headers as common clients write them. It gives the result of `parseForm` or
// declines; it reports no errors.

/** A picture as a request carries it. */
export interface Upload {
  readonly bytes: Buffer;
  /** The text fields of the form; none with a bare body. */
  readonly fields: Readonly<Record<string, string>>;
}

const boundaryPattern = /^multipart\/form-data; ?boundary=([\w'()+,./:=?-]{1,70})$/;

const headPattern =
  /^Content-Disposition: form-data; name="(\w{1,40})"(; filename="[^"\\\r\n]{0,300}")?(\r\nContent-Type: [\w.+-]{1,60}\/[\w.+-]{1,60})?$/i;

/** Forms with longer part headers are declined. */
const maxHeadBytes = 512;

/** Forms with longer texts are declined. */
const maxTextBytes = 1024;

const plainText = /^[\x20-\x7e]*$/;

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  /** Whether the part has neither file name nor type. */
  readonly isText: boolean;
  readonly content: Buffer;
  /** Start of the delimiter after the content. */
  readonly end: number;
}

/** @returns undefined where the form is declined; the file is a view of the body */
export function parseSmallForm(
  body: Buffer,
  contentType: string | undefined,
  expectedFields: readonly string[],
): Upload | undefined {
  const boundary = boundaryPattern.exec(contentType ?? '')?.[1];
  if (
    boundary === undefined ||
    body.toString('latin1', 0, boundary.length + 2) !== `--${boundary}`
  ) {
    return undefined;
  }
  const delimiter = `\r\n--${boundary}`;
  const fields: Record<string, string> = {};
  let file: Buffer | undefined;
  let at = boundary.length + 2;
  while (body.toString('latin1', at, at + 2) === '\r\n') {
    const part = readPart(body, at + 2, delimiter);
    if (part === undefined) return undefined;
    if (part.isFile && part.name === 'file' && file === undefined) file = part.content;
    else if (!takeText(part, fields, expectedFields)) return undefined;
    at = part.end + delimiter.length;
  }
  const rest = body.toString('latin1', at, at + 5);
  return file !== undefined && (rest === '--' || rest === '--\r\n')
    ? { bytes: file, fields }
    : undefined;
}

function readPart(body: Buffer, start: number, delimiter: string): Part | undefined {
  const contentStart = body.indexOf('\r\n\r\n', start, 'latin1') + 4;
  if (contentStart < start + 4 || contentStart > start + maxHeadBytes) return undefined;
  const head = headPattern.exec(body.toString('latin1', start, contentStart - 4));
  // A delimiter that shares the line break of the headers is unusual.
  const end = body.indexOf(delimiter, contentStart - 2, 'latin1');
  if (!head || end < contentStart) return undefined;
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
