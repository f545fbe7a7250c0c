// A multipart form with one picture in it.
import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';

const fileField = 'file';

/** What a form turned out to hold, once it has been read to its end. */
interface FormContent {
  /** The first file in the field "file". */
  file: Buffer | null;
  fileCount: number;
  isTruncated: boolean;
  /** The first part that is no file in the field "file". */
  stranger: Multipart | null;
}

/**
 * The bytes of the one file in the form's field "file".
 *
 * The form is read to its end before it is judged: whether a file was cut off at the limit is known
 * only then.
 *
 * @throws Problem `malformed-multipart`, `unexpected-field`, `no-file`, `too-many-files` or
 * `file-too-large`
 */
export async function readForm(request: FastifyRequest): Promise<Buffer> {
  const { file, fileCount, isTruncated, stranger } = await readToEnd(request);
  if (stranger) throw explainStranger(stranger);
  if (file === null) throw new Problem('no-file', 'Send the picture in the form field "file".');
  if (fileCount > 1) throw new Problem('too-many-files', `Send one file, not ${fileCount}.`);
  if (isTruncated) {
    const { bodyLimit } = request.routeOptions;
    throw new Problem('file-too-large', `Send a file of at most ${bodyLimit} bytes.`);
  }
  return file;
}

async function readToEnd(request: FastifyRequest): Promise<FormContent> {
  const content: FormContent = { file: null, fileCount: 0, isTruncated: false, stranger: null };
  try {
    for await (const part of request.parts()) await take(part, content);
  } catch (cause) {
    // Only the parser runs in there, and what it fails for is the form.
    const detail = 'The form is cut off, malformed or in too many parts.';
    throw new Problem('malformed-multipart', detail, { cause });
  }
  return content;
}

/** Every file must be read or thrown away, or the parser waits for ever. */
async function take(part: Multipart, content: FormContent): Promise<void> {
  if (part.type === 'field' || part.fieldname !== fileField) {
    content.stranger ??= part;
    if (part.type === 'file') part.file.resume();
  } else if (++content.fileCount === 1) {
    content.file = await part.toBuffer();
    content.isTruncated = part.file.truncated;
  } else part.file.resume();
}

function explainStranger({ type, fieldname }: Multipart): Problem {
  if (type === 'field' && fieldname === fileField) {
    return new Problem('no-file', 'The field "file" holds text; send a file in it.');
  }
  const name = JSON.stringify(fieldname?.slice(0, 40) ?? '');
  return new Problem('unexpected-field', `The form has ${name}; send only the field "file".`);
}
