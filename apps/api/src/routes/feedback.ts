// /feedback: corrections in, and out again by pages, one by one, or as an archive for training.

import { randomUUIDv7 } from 'node:crypto';
import type { LoadedModel } from '@digits/nn';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assess } from '../feedback/assess.ts';
import { contentTypeOf } from '../feedback/content-type.ts';
import type { FeedbackAccess } from '../feedback/feedback-access.ts';
import type { NewFeedbackEntry } from '../feedback/feedback-entry.ts';
import { readSubmission } from '../feedback/submission.ts';
import { championOf, type ModelStore } from '../inference/model-store.ts';
import type { Metrics } from '../plugins/metrics.ts';
import { Problem } from '../problem.ts';
import { acceptUploads, readUpload } from '../upload/upload.ts';
import * as schemas from './feedback-schemas.ts';
import { linkNextPage } from './next-page.ts';
import { sendPicture } from './stored-items.ts';

export interface FeedbackOptions {
  readonly models: ModelStore;
  readonly maxPixels: number;
  /** Opened when the service listens, and closed with it. */
  readonly feedback: FeedbackAccess;
  readonly metrics: Pick<Metrics, 'feedbackStored'>;
}

/**
 * For an archive to be fetched in; meanwhile SQLite's log cannot be cut back. A full store of
 * 1 GiB takes this long at 10 Mbit/s.
 */
const exportTimeoutMs = 15 * 60_000;

export const feedbackRoutes: FastifyPluginAsyncTypebox<FeedbackOptions> = async (
  app,
  { models, maxPixels, feedback, metrics },
) => {
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
      if (isNew) metrics.feedbackStored(entry.label);
      return reply
        .code(isNew ? 201 : 200)
        .header('location', `/feedback/${entry.id}`)
        .send(entry);
    },
  );

  app.get('/feedback', { schema: schemas.list }, async (request, reply) => {
    const { limit, order, cursor, ...filters } = request.query;
    const page = feedback.use(store => store.page(filters, { limit, order, cursor }));
    linkNextPage(request, reply, page.next);
    return page;
  });

  app.get('/feedback/:id', { schema: schemas.get }, async ({ params }) =>
    found(feedback.use(store => store.get(params.id))),
  );

  app.get('/feedback/:id/image', { schema: schemas.image }, async (request, reply) => {
    const { id } = request.params;
    const { input } = found(feedback.use(store => store.get(id)));
    return sendPicture(request, reply, input.sha256, () =>
      found(feedback.use(store => store.picture(id))),
    );
  });

  app.delete('/feedback/:id', { schema: schemas.remove }, async ({ params }, reply) => {
    found(feedback.use(store => store.delete(params.id)) || null);
    return reply.code(204).send();
  });

  const exporting = { schema: schemas.exporting, handlerTimeout: exportTimeoutMs };
  app.get('/feedback/export', exporting, async (request, reply) => {
    // Few runs ever export.
    const { exportFeedback } = await import('../feedback/export/export.ts');
    const { format, ...filters } = request.query;
    sendAttachment(reply, format === 'idx' ? 'feedback-idx.tar' : 'feedback.tar');
    return reply.send(feedback.use(store => exportFeedback(store, filters, format)));
  });
};

async function newEntry(
  request: FastifyRequest,
  champion: LoadedModel,
  maxPixels: number,
): Promise<NewFeedbackEntry> {
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

function sendAttachment(reply: FastifyReply, filename: string): void {
  reply
    .type('application/x-tar')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('cache-control', 'no-store');
}
