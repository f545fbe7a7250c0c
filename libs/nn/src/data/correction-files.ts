// Reads the files of an export of corrections from a service, a .tar archive or a folder.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '@digits/files';
import { basicAuthorization, shownAddress } from '@digits/protocol/address';
import { NnError } from '../errors.ts';
import type { NamedBytes } from './dataset.ts';
import { readTar } from './tar.ts';

/** The files of an export in format idx. */
export interface CorrectionFiles {
  readonly images: NamedBytes;
  readonly labels: NamedBytes;
  readonly manifest: NamedBytes;
}

const fileNames = {
  images: 'train-images-idx3-ubyte',
  labels: 'train-labels-idx1-ubyte',
  manifest: 'manifest.jsonl',
} as const;

/** Larger sources are rejected; this is enough for 200,000 corrections. */
const maxBytes = 1 << 28;

/** Options of a request to a service. */
export interface FetchOptions {
  /** sent as a bearer token if given, instead of a user and a password in the address */
  readonly apiKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the files of an export.
 *
 * @param source URL of a service, or path of a .tar file or a folder
 * @throws NnError `data-missing` if it cannot be read, `data-corrupt` if it is too large or
 * incomplete
 * @throws the signal's reason when it is aborted
 */
export async function readCorrectionFiles(
  source: string,
  options: FetchOptions = {},
): Promise<CorrectionFiles> {
  if (/^https?:\/\//i.test(source)) {
    const shown = shownAddress(source);
    return pickFiles(readTar(await fetchExport(source, options), shown), shown);
  }
  const found = await stat(source).catch(cause => {
    throw new NnError(
      'data-missing',
      `${shownAddress(source)} cannot be read: specify a service, a .tar file of its export, or a folder`,
      { cause },
    );
  });
  if (!found.isDirectory()) return pickFiles(readTar(await readBounded(source), source), source);
  const [images, labels, manifest] = await Promise.all(
    Object.values(fileNames).map(async name => ({
      name: join(source, name),
      bytes: await readBounded(join(source, name)),
    })),
  );
  return { images: images!, labels: labels!, manifest: manifest! };
}

function pickFiles(files: readonly NamedBytes[], source: string): CorrectionFiles {
  const file = (name: string) => {
    const found = files.find(one => one.name === `${source}/${name}`);
    if (found) return found;
    throw new NnError(
      'data-corrupt',
      `${source} has no ${name}: an export in format idx contains ${Object.values(fileNames).join(', ')}`,
    );
  };
  return {
    images: file(fileNames.images),
    labels: file(fileNames.labels),
    manifest: file(fileNames.manifest),
  };
}

function readBounded(path: string): Promise<Uint8Array> {
  return readRegularFile(path, maxBytes).catch(cause => {
    if (cause.code === 'file-too-large') throw tooLarge(path);
    throw new NnError('data-missing', `${path} cannot be read: ${cause.message}`, { cause });
  });
}

async function fetchExport(source: string, options: FetchOptions): Promise<Uint8Array> {
  const { apiKey, signal } = options;
  const service = shownAddress(source);
  const address = `${service.replace(/\/+$/, '')}/feedback/export?format=idx`;
  try {
    const authorization =
      apiKey === undefined ? basicAuthorization(userOf(source)) : `Bearer ${apiKey}`;
    const response = await fetch(address, {
      ...(authorization !== undefined && { headers: { authorization } }),
      ...(signal && { signal }),
    });
    if (response.ok) return await readBody(response, service);
    throw new NnError(
      'data-missing',
      `${service} responded with ${response.status}${hintFor(response)}`,
    );
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof NnError) throw cause;
    throw new NnError(
      'data-missing',
      `${service} does not answer: ${reasonOf(cause)}: start it, or specify another source`,
      { cause },
    );
  }
}

/** `fetch` reports an address that cannot be parsed. */
function userOf(source: string): { readonly username: string; readonly password: string } {
  return URL.parse(source) ?? { username: '', password: '' };
}

function hintFor({ status }: Response): string {
  if (status === 401 || status === 403) return ': set DIGITS_API_KEY to its key';
  if (status === 503) return ': it cannot read its corrections, for the reason in its log';
  return status === 404 ? ': is this the address of a service that stores corrections?' : '';
}

async function readBody({ body }: Response, service: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(service);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The message of a failed fetch's cause, which says more than the error itself. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}

function tooLarge(what: string): NnError {
  return new NnError('data-corrupt', `${what} has more than ${maxBytes} bytes of corrections`);
}
