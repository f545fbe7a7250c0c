// Names what a file is that is not a PNG, JPEG or WebP picture, by its first bytes, for the error that
// refuses it.

/** As much as the prologue of an SVG or of an HTML page takes. */
const inspectedBytes = 1024;

/** The bytes at the offset as Latin-1, or a pattern of the first bytes as Latin-1. */
type Signature = readonly [start: string | RegExp, description: string, offset?: number];

/** The first that matches decides. */
const signatures: readonly Signature[] = [
  ['ftypavi', 'an AVIF picture', 4],
  ['ftyphei', 'a HEIC picture, the format of many phones', 4],
  ['ftyphev', 'a HEIC picture, the format of many phones', 4],
  ['ftypmif1', 'a HEIC picture, the format of many phones', 4],
  ['ftyp', 'a video', 4],
  ['GIF8', 'a GIF picture'],
  ['II*\0', 'a TIFF picture'],
  ['MM\0*', 'a TIFF picture'],
  ['\0\0\x01\0', 'an ICO picture'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL picture'],
  ['\xff\x0a', 'a JPEG XL picture'],
  ['\0\0\0\x0cjP', 'a JPEG 2000 picture'],
  ['8BPS', 'a Photoshop document'],
  [/^P[1-6]\s/, 'a PBM, PGM or PPM picture'],
  ['%PDF-', 'a PDF document'],
  ['\x1f\x8b', 'a gzip file'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['\0\0\x08\x01', 'an IDX file'],
  ['\0\0\x08\x03', 'an IDX file'],
  ['\x93NUMPY', 'a NumPy array'],
  ['\x89PNG', 'a PNG picture that was damaged when it was transferred as text'],
  ['\xef\xbf\xbdPNG', 'a PNG picture that was damaged when it was transferred as text'],
  ['version https://git-lfs', 'a Git LFS pointer, not the picture; run "git lfs pull"'],
  ['data:image/', 'a data URL, not the bytes that it encodes'],
  [/^"?(iVBORw0KGgo|\/9j\/|UklGR)/, 'a picture as base64 text, not its bytes'],
  [/^--.*\r\nContent-Disposition:/i, 'a form, whose Content-Type must be multipart/form-data'],
  [/^(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)\b/i, 'an HTML page'],
  [/^(\xef\xbb\xbf)?\s*<.*svg\b/is, 'an SVG picture'],
  [/^(\xef\xbb\xbf)?\s*<\?xml/i, 'an XML document'],
  [/^\s*[[{]/, 'JSON'],
  [/^([\t\n\r -~]|[\xc2-\xf4][\x80-\xbf]*)+$/, 'text'],
  ['BM', 'a BMP picture'],
];

/** @returns a noun, such as "a GIF picture"; undefined for an unknown format */
export function describeFormat(file: Buffer): string | undefined {
  const head = file.toString('latin1', 0, inspectedBytes);
  const signature = signatures.find(([start, , offset]) =>
    typeof start === 'string' ? head.startsWith(start, offset) : start.test(head),
  );
  return signature?.[1];
}
