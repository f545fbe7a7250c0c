// Where the next page of a list is.

import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sets the header Link (RFC 8288) to the next page, with all that was asked for on this one. */
export function linkNextPage({ url }: FastifyRequest, reply: FastifyReply, cursor: string | null) {
  if (cursor === null) return;
  const [path, query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  reply.header('link', `<${path}?${parameters}>; rel="next"`);
}
