// How a stored picture is answered: as it was sent, and to be kept by whoever asked.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredPicture } from '../feedback/stored-picture.ts';

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
  304: { description: 'It is the one that `If-None-Match` names.', type: 'null' },
};

/** A picture never changes, but it can be deleted, so only its reader may keep it. */
const caching = 'private, max-age=31536000, immutable';

/** @param read the picture, where the client has not got it */
export function sendPicture(
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  sha256: string,
  read: () => StoredPicture,
) {
  const etag = `"${sha256}"`;
  reply.headers({ etag, 'cache-control': caching, 'x-content-type-options': 'nosniff' });
  if (isCurrent(headers['if-none-match'], etag)) return reply.code(304).send();
  const { bytes, contentType } = read();
  return reply.type(contentType).send(bytes);
}

/** RFC 9110, section 13.1.2; a weak tag is as good as a strong one here. */
function isCurrent(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map(tag => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}
