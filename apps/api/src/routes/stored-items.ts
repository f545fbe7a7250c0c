// Replies for stored items: a picture as it was sent, cacheable, and the link to the next page.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredPicture } from '../feedback/store.ts';
import { isCurrent } from './request-headers.ts';

const binary = { type: 'string', format: 'binary' };

/** For the documentation. */
export const pictureResponses = {
  200: {
    description: 'The file.',
    content: {
      'image/png': { schema: binary },
      'image/jpeg': { schema: binary },
      'image/webp': { schema: binary },
    },
  },
  304: { description: 'The client has this picture, as `If-None-Match` says.', type: 'null' },
};

const pictureHeaders = {
  // A picture never changes, but it can be deleted, so shared caches must not store it.
  'cache-control': 'private, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  // Not for the elements of other origins' pages: over plain HTTP their requests name no origin.
  'cross-origin-resource-policy': 'same-origin',
};

/** @param read reads the picture, where the client does not have it */
export async function sendPicture(
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  sha256: string,
  read: () => Promise<StoredPicture>,
) {
  const etag = `"${sha256}"`;
  reply.headers(pictureHeaders).header('etag', etag);
  if (isCurrent(headers['if-none-match'], etag)) return reply.code(304).send();
  const { bytes, contentType } = await read();
  return reply.type(contentType).send(bytes);
}

/** Sets the header Link (RFC 8288) to the next page, with the query of this one. */
export function linkNextPage({ url }: FastifyRequest, reply: FastifyReply, cursor: string | null) {
  if (cursor === null) return;
  const [path, query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  reply.header('link', `<${path}?${parameters}>; rel="next"`);
}
