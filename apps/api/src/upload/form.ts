// Reads a multipart form with one picture and the text fields that the route expects.

import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import type { Upload } from './parse-small-form.ts';
import { readSmallForm } from './small-form.ts';

const fileField = 'file';

/** The content of a form that has been read to its end. */
interface FormContent {
  /** The first file in the field "file". */
  file: Buffer | undefined;
  fileCount: number;
  isTruncated: boolean;
  readonly fields: Record<string, string>;
  /** The first part that is neither a file in the field "file" nor an expected text. */
  unexpectedPart: Multipart | undefined;
}

/**
 * The one file in the field "file" of a form, and the expected text fields.
 *
 * A small form in the usual layout is parsed at once. Any other is read by @fastify/multipart, to its
 * end before it is checked, because only then it is known whether a file exceeded the limit.
 *
 * @throws Problem `malformed-multipart`, `unexpected-field`, `no-file`, `too-many-files` or
 * `file-too-large`
 */
export async function readForm(request: FastifyRequest): Promise<Upload> {
  const small = await readSmallForm(request);
  if (small) return small;
  const {
    file,
    fileCount,
    isTruncated,
    fields,
    unexpectedPart: stranger,
  } = await readToEnd(request);
  if (stranger) throw explainUnexpectedPart(stranger, request.expectedFields);
  if (file === undefined)
    throw new Problem('no-file', 'Send the picture in the form field "file".');
  if (fileCount > 1) throw new Problem('too-many-files', `Send one file, not ${fileCount}.`);
  if (isTruncated) {
    const { bodyLimit } = request.routeOptions;
    throw new Problem('file-too-large', `Send a file of at most ${bodyLimit} bytes.`);
  }
  return { bytes: file, fields };
}

async function readToEnd(request: FastifyRequest): Promise<FormContent> {
  const content: FormContent = {
    file: undefined,
    fileCount: 0,
    isTruncated: false,
    fields: {},
    unexpectedPart: undefined,
  };
  try {
    for await (const part of request.parts()) await readPart(part, content, request.expectedFields);
  } catch (cause) {
    // Only the parser can throw here, and its errors are about the form.
    const detail = 'The form is truncated, malformed or has too many parts.';
    throw new Problem('malformed-multipart', detail, { cause });
  }
  return content;
}

/** Every file must be read or drained, otherwise the parser never continues. */
async function readPart(
  part: Multipart,
  content: FormContent,
  expectedFields: readonly string[],
): Promise<void> {
  if (part.type === 'field') {
    if (isExpectedText(part, content, expectedFields)) content.fields[part.fieldname] = part.value;
    else content.unexpectedPart ??= part;
  } else if (part.fieldname !== fileField) {
    content.unexpectedPart ??= part;
    part.file.resume();
  } else if (++content.fileCount === 1) {
    content.file = await part.toBuffer();
    content.isTruncated = part.file.truncated;
  } else part.file.resume();
}

/** A field must occur once and in full; one with the type JSON has been parsed to another value. */
function isExpectedText(
  part: Multipart & { type: 'field' },
  { fields }: FormContent,
  expectedFields: readonly string[],
): part is Multipart & { type: 'field'; value: string } {
  const { fieldname, value, valueTruncated } = part;
  if (!expectedFields.includes(fieldname) || fieldname in fields) return false;
  return typeof value === 'string' && !valueTruncated;
}

function explainUnexpectedPart(
  { type, fieldname }: Multipart,
  expectedFields: readonly string[],
): Problem {
  if (type === 'field' && fieldname === fileField) {
    return new Problem('no-file', 'The field "file" holds text; send a file in it.');
  }
  if (expectedFields.includes(fieldname)) {
    return new Problem('unexpected-field', `Send "${fieldname}" once, as a short text.`);
  }
  const name = JSON.stringify(fieldname?.slice(0, 40) ?? '');
  const expected = [fileField, ...expectedFields].map(field => `"${field}"`).join(', ');
  return new Problem('unexpected-field', `The form has ${name}; send only ${expected}.`);
}
