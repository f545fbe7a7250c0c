// A GET request with limits of time and size that follows no redirect.

import { ServiceError } from '../service-error.ts';

export interface BoundedRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  /** For the whole response. */
  readonly timeoutMs: number;
  /** Ends the request. */
  readonly signal: AbortSignal;
}

export interface BoundedResponse {
  /** null if the server has not sent one */
  readonly etag: string | null;
  readonly bytes: Buffer;
}

/**
 * Sends the request. A redirect is a failure: it could lead to any other server.
 *
 * @returns undefined for 304 (Not Modified)
 * @throws ServiceError `models-url-unavailable`, for every failure
 */
export async function fetchBounded(request: BoundedRequest): Promise<BoundedResponse | undefined> {
  const { url, headers, timeoutMs, signal } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      // Compressed bytes would be counted only after they are inflated.
      headers: { 'accept-encoding': 'identity', ...headers },
      redirect: 'manual',
      signal: AbortSignal.any([timeout, signal]),
    });
    if (response.status === 304) {
      await response.body?.cancel();
      return undefined;
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw unavailable(url, `it answers ${response.status}, expected 200`);
    }
    return { etag: response.headers.get('etag'), bytes: await readBody(response, request) };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const reason = timeout.aborted
      ? `it has not answered within ${timeoutMs} ms`
      : reasonOf(error as Error);
    throw unavailable(url, reason, error);
  }
}

async function readBody(response: Response, { url, maxBytes }: BoundedRequest): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  // Leaving the loop by an error cancels the response.
  for await (const chunk of response.body ?? []) {
    byteLength += chunk.length;
    if (byteLength > maxBytes) throw unavailable(url, `it has more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, byteLength);
}

function unavailable(url: URL, reason: string, cause?: unknown): ServiceError {
  return new ServiceError('models-url-unavailable', `${url.href}: ${reason}`, { cause });
}

/** fetch rejects with "fetch failed", and the reason as its cause. */
function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
