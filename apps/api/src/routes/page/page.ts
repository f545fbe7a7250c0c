// GET / and GET /page/:file: the page that draws digits in a browser, from the files that `nx build web`
// wrote. It needs no API key, as it contains no data; the requests that it sends do.

import { fileURLToPath } from 'node:url';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../../problem.ts';
import { bestCoding, isCurrent } from '../request-headers.ts';
import { keepPageFiles, type PageFile, type PageFiles, pageName } from './page-files.ts';

/** Where `nx build web` writes the page. */
export const builtPageFolder = fileURLToPath(new URL('../../../../web/dist', import.meta.url));

export interface PageOptions {
  /** The folder with the built page. */
  readonly folder: string;
}

/** Only scripts and styles of this origin run; pictures may be ones that the page has made. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = { 'cache-control': 'no-cache', 'content-security-policy': pagePolicy };

/** The name of a file contains the hash of its content. */
const fileHeaders = { 'cache-control': 'public, max-age=31536000, immutable' };

const FileName = Type.Object({ file: Type.String() });

export const pageRoutes: FastifyPluginAsyncTypebox<PageOptions> = async (app, { folder }) => {
  const pageFiles = keepPageFiles(folder);

  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    const page = (await builtFiles(pageFiles)).get(pageName)!;
    return sendFile(request, reply.headers(pageHeaders), page);
  });

  const schema = { hide: true, params: FileName };
  app.get('/page/:file', { schema }, async (request, reply) => {
    const { file: name } = request.params;
    const file = name === pageName ? undefined : (await builtFiles(pageFiles)).get(name);
    if (file === undefined) throw new Problem('not-found', 'The page has no such file; reload it.');
    return sendFile(request, reply.headers(fileHeaders), file);
  });
};

/** @throws Problem `not-found` where the page is not built */
async function builtFiles(pageFiles: () => Promise<PageFiles>): Promise<PageFiles> {
  try {
    return await pageFiles();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new Problem('not-found', 'The page is not built: run npx nx build web.', { cause });
  }
}

/** Sends the file in the best coding that the client accepts, or 304 where the client has it. */
function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  const { contentType, etag, contents } = file;
  reply.headers({ etag, vary: 'accept-encoding' });
  if (isCurrent(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const coding = bestCoding(request.headers['accept-encoding'], ['br', 'gzip']);
  if (coding !== 'identity') reply.header('content-encoding', coding);
  return reply.type(contentType).send(contents[coding]);
}
