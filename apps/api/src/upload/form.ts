// Reads a multipart form with one picture and the text fields that the route expects.

import type { FastifyRequest } from 'fastify';
import { readBody } from '../body/read-body.ts';
import { Problem } from '../problem.ts';
import { type FormPart, parseForm } from './parse-form.ts';
import { parseSmallForm, type Upload } from './parse-small-form.ts';

const fileField = 'file';

/** What a form may have beside its file: boundaries, headers of parts, texts. */
const maxOverheadBytes = 64 * 1024;

const boundaryPattern = /;\s*boundary="?[^\s";]/i;

/**
 * The one file in the field "file" of a form, and the expected text fields. A form in the layout of
 * nearly all clients is parsed by `parseSmallForm`, which takes half the time.
 *
 * @throws Problem `malformed-multipart`, `unexpected-field`, `no-file`, `too-many-files`, and as
 * `readBody` does
 */
export async function readForm(request: FastifyRequest): Promise<Upload> {
  const { headers, expectedFields, routeOptions } = request;
  const { bodyLimit } = routeOptions;
  const reading = readBody(request, bodyLimit + maxOverheadBytes);
  const body = reading instanceof Promise ? await reading : reading;
  const contentType = headers['content-type'] ?? '';
  const upload =
    parseSmallForm(body, contentType, expectedFields) ??
    toUpload(await parseAnyForm(body, contentType), expectedFields);
  if (upload.bytes.length <= bodyLimit) return upload;
  throw new Problem('file-too-large', `Send a file of at most ${bodyLimit} bytes.`);
}

async function parseAnyForm(body: Buffer, contentType: string): Promise<FormPart[]> {
  if (!boundaryPattern.test(contentType)) {
    const detail =
      'The Content-Type has no boundary. Let the HTTP client set this header: it knows the boundary.';
    throw new Problem('malformed-multipart', detail);
  }
  try {
    return await parseForm(body, contentType);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const detail = 'The form is truncated or malformed.';
    throw new Problem('malformed-multipart', detail, { cause });
  }
}

/** @throws Problem `unexpected-field`, `no-file` or `too-many-files` */
export function toUpload(parts: readonly FormPart[], expectedFields: readonly string[]): Upload {
  const fields: Record<string, string> = {};
  const files: Buffer[] = [];
  for (const { name, content, isTruncated } of parts) {
    if (typeof content !== 'string' && name === fileField) files.push(content);
    else if (typeof content !== 'string' || !expectedFields.includes(name)) {
      throw unexpectedPart(name, typeof content === 'string', expectedFields);
    } else if (isTruncated || Object.hasOwn(fields, name)) {
      throw new Problem('unexpected-field', `Send "${name}" once, as a short text field.`);
    } else fields[name] = content;
  }
  const [bytes, ...others] = files;
  if (bytes === undefined) {
    throw new Problem('no-file', 'Send the picture in the form field "file".');
  }
  if (others.length === 0) return { bytes, fields };
  throw new Problem('too-many-files', `Send one file, not ${files.length}.`);
}

function unexpectedPart(name: string, isText: boolean, expectedFields: readonly string[]): Problem {
  if (isText && name === fileField) {
    const detail =
      'The field "file" contains text, not a file. With curl, put an @ before the name: -F file=@NAME';
    return new Problem('no-file', detail);
  }
  if (expectedFields.includes(name)) {
    return new Problem('unexpected-field', `Send "${name}" once, as a short text field.`);
  }
  const expected = [fileField, ...expectedFields].map(field => `"${field}"`).join(', ');
  const shown = name === '' ? 'a part without a name' : JSON.stringify(name.slice(0, 40));
  return new Problem('unexpected-field', `The form has ${shown}; send only ${expected}.`);
}
