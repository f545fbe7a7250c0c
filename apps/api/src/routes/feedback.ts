// /feedback: corrections in, and out again by pages, one by one, or as an archive for training.
import { randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import type { Champion } from '@digits/nn';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assess } from '../feedback/assess.ts';
import { contentTypeOf } from '../feedback/content-type.ts';
import type { NewEntry } from '../feedback/entry.ts';
import { exportFeedback } from '../feedback/export/export.ts';
import { FeedbackAccess } from '../feedback/feedback-access.ts';
import { readSubmission } from '../feedback/submission.ts';
import { championOf, type ModelStore } from '../model/model-store.ts';
import { Problem } from '../problems/problem.ts';
import { acceptUploads, readUpload } from '../upload/upload.ts';
import * as schemas from './feedback-schemas.ts';

export interface FeedbackOptions {
  readonly models: ModelStore;
  readonly maxPixels: number;
  /** The folder of feedback.sqlite; both are made where they are missing. */
  readonly dataDir: string;
  /** What feedback.sqlite may grow to. */
  readonly maxFeedbackBytes: number;
}

/**
 * For an archive to be fetched in; meanwhile SQLite's log cannot be cut back. A full store of
 * 1 GiB takes this long at 10 Mbit/s.
 */
const exportTimeoutMs = 15 * 60_000;

/** A picture never changes, but it can be deleted, so only its reader may keep it. */
const pictureCaching = 'private, max-age=31536000, immutable';

export const feedbackRoutes: FastifyPluginAsyncTypebox<FeedbackOptions> = async (app, options) => {
  const { models, maxPixels, dataDir, maxFeedbackBytes: maxBytes } = options;
  const file = join(dataDir, 'feedback.sqlite');
  const feedback = new FeedbackAccess({ file, maxBytes }, app.log);
  app.addHook('onListen', async () => feedback.probe());
  app.addHook('onClose', async () => feedback.close());
  await acceptUploads(app, { fields: ['label', 'source'] });

  app.post(
    '/feedback',
    // The label may be in the address or in the form: `readSubmission` checks both.
    { schema: schemas.post, validatorCompiler: () => () => true },
    async (request, reply) => {
      const champion = championOf(models);
      const submitted = await newEntry(request, champion, maxPixels);
      const { entry, isNew } = feedback.use(store => store.add(submitted));
      return reply
        .code(isNew ? 201 : 200)
        .header('location', `/feedback/${entry.id}`)
        .send(entry);
    },
  );

  app.get('/feedback', { schema: schemas.list }, async (request, reply) => {
    const { limit, order, cursor, ...filters } = request.query;
    const page = feedback.use(store => store.page({ filters, limit, order, cursor }));
    if (page.next !== null) reply.header('link', linkTo(request, page.next));
    return page;
  });

  app.get('/feedback/:id', { schema: schemas.get }, async ({ params }) =>
    found(feedback.use(store => store.get(params.id))),
  );

  app.get('/feedback/:id/image', { schema: schemas.image }, async ({ params, headers }, reply) => {
    const { input } = found(feedback.use(store => store.get(params.id)));
    const etag = `"${input.sha256}"`;
    reply.headers({ etag, 'cache-control': pictureCaching, 'x-content-type-options': 'nosniff' });
    if (isCurrent(headers['if-none-match'], etag)) return reply.code(304).send();
    const { bytes, contentType } = found(feedback.use(store => store.picture(params.id)));
    return reply.type(contentType).send(bytes);
  });

  app.delete('/feedback/:id', { schema: schemas.remove }, async ({ params }, reply) => {
    found(feedback.use(store => store.delete(params.id)) || null);
    return reply.code(204).send();
  });

  const exporting = { schema: schemas.exporting, handlerTimeout: exportTimeoutMs };
  app.get('/feedback/export', exporting, async (request, reply) => {
    const { format, ...filters } = request.query;
    sendAttachment(reply, format === 'idx' ? 'feedback-idx.tar' : 'feedback.tar');
    return reply.send(feedback.use(store => exportFeedback(store, filters, format)));
  });
};

async function newEntry(
  request: FastifyRequest,
  champion: Champion,
  maxPixels: number,
): Promise<NewEntry> {
  const { bytes, fields } = await readUpload(request);
  const { label, source } = readSubmission(fields, request.query as Record<string, unknown>);
  const { prediction, seen } = await assess(bytes, champion, maxPixels);
  return {
    id: randomUUIDv7(),
    label,
    source,
    predicted: prediction.digit,
    confidence: prediction.confidence,
    accepted: prediction.accepted,
    reason: prediction.reason,
    model: prediction.model,
    input: {
      sha256: prediction.input.sha256,
      contentType: contentTypeOf(bytes),
      byteLength: bytes.length,
    },
    createdAt: new Date().toISOString(),
    picture: bytes,
    seen,
    preprocessing: champion.model.preprocessing,
  };
}

function found<T>(what: T | null): T {
  if (what !== null) return what;
  throw new Problem('no-such-feedback', 'There is none with this id; it may have been deleted.');
}

/** The address of the next page, with all that was asked for on this one (RFC 8288). */
function linkTo({ url }: FastifyRequest, cursor: string): string {
  const [, query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `</feedback?${parameters}>; rel="next"`;
}

/** RFC 9110, section 13.1.2; a weak tag is as good as a strong one here. */
function isCurrent(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map(tag => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

function sendAttachment(reply: FastifyReply, filename: string): void {
  reply
    .type('application/x-tar')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('cache-control', 'no-store');
}
