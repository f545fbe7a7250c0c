// /feedback: stores corrections, and returns them in pages, one by one, or as an archive for training.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import type { FeedbackAccess } from '../feedback/feedback-access.ts';
import { readSubmission, toNewEntry } from '../feedback/submission.ts';
import { championOf, type ModelStore } from '../inference/model-store.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { Problem } from '../problem.ts';
import { acceptUploads, readUpload } from '../upload/upload.ts';
import * as schemas from './feedback-schemas.ts';
import { linkNextPage, sendPicture } from './stored-items.ts';

export interface FeedbackOptions {
  readonly models: ModelStore;
  readonly maxPixels: number;
  /** Opened when the service listens, closed with it. */
  readonly feedback: FeedbackAccess;
  readonly metrics: Pick<Metrics, 'feedbackStored'>;
}

/**
 * Time limit of an export, during which SQLite's log cannot be truncated. A full store of 1 GiB takes
 * this long at 10 Mbit/s.
 */
const exportTimeoutMs = 15 * 60_000;

/** Exports at a time: each has a connection to the store, whose pages it caches. */
const maxExports = 4;

export const feedbackRoutes: FastifyPluginAsyncTypebox<FeedbackOptions> = async (
  app,
  { models, maxPixels, feedback, metrics },
) => {
  app.addHook('onListen', async () => feedback.probe());
  app.addHook('onClose', async () => feedback.close());
  await acceptUploads(app, { fields: ['label', 'source'] });

  app.post(
    '/feedback',
    // The label may be in the query or in the form: `readSubmission` checks both.
    { schema: schemas.post, validatorCompiler: () => () => true },
    async (request, reply) => {
      const champion = championOf(models);
      const { bytes, fields } = await readUpload(request);
      const submission = readSubmission(fields, request.query as Record<string, unknown>);
      const newEntry = await toNewEntry(bytes, submission, champion, maxPixels);
      const { entry, isNew } = await feedback.use('add-correction', store => store.add(newEntry));
      if (isNew) metrics.feedbackStored(entry.label);
      return reply
        .code(isNew ? 201 : 200)
        .header('location', `/feedback/${entry.id}`)
        .send(entry);
    },
  );

  app.get('/feedback', { schema: schemas.list }, async (request, reply) => {
    const { limit, order, cursor, ...filters } = request.query;
    const page = await feedback.use('list-correction', store =>
      store.page(filters, { limit, order, cursor }),
    );
    linkNextPage(request, reply, page.next);
    return page;
  });

  app.get('/feedback/:id', { schema: schemas.get }, async ({ params }) =>
    found(await feedback.use('get-correction', store => store.get(params.id))),
  );

  app.get('/feedback/:id/image', { schema: schemas.image }, async (request, reply) => {
    const { id } = request.params;
    const { input } = found(await feedback.use('get-correction', store => store.get(id)));
    return sendPicture(request, reply, input.sha256, async () =>
      found(await feedback.use('get-correction', store => store.picture(id))),
    );
  });

  app.delete('/feedback/:id', { schema: schemas.remove }, async ({ params }, reply) => {
    found((await feedback.use('delete-correction', store => store.delete(params.id))) || undefined);
    return reply.code(204).send();
  });

  let exports = 0;
  const exporting = { schema: schemas.exporting, handlerTimeout: exportTimeoutMs };
  app.get('/feedback/export', exporting, async (request, reply) => {
    // Loaded on first use.
    const { exportFeedback } = await import('../feedback/export/export.ts');
    const { format, ...filters } = request.query;
    const filename = format === 'idx' ? 'feedback-idx.tar' : 'feedback.tar';
    // Fastify would read the whole archive.
    if (request.method === 'HEAD') return describeArchive(reply, filename).send();
    if (exports === maxExports) {
      throw new Problem('overloaded', `${maxExports} exports are in progress; try again later.`);
    }
    exports++;
    const report = (error: unknown) => feedback.report(error);
    try {
      const snapshot = await feedback.use('export', store => store.snapshot());
      const archive = await exportFeedback(snapshot, filters, format, report);
      archive.once('close', () => exports--);
      return describeArchive(reply, filename).send(archive);
    } catch (error) {
      exports--;
      throw error;
    }
  });
};

function found<T>(item: T | undefined): T {
  if (item !== undefined) return item;
  throw new Problem('no-such-feedback', 'No correction has this id; it may have been deleted.');
}

function describeArchive(reply: FastifyReply, filename: string): FastifyReply {
  return reply
    .type('application/x-tar')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('cache-control', 'no-store');
}
