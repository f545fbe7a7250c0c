// /disagreements: pictures on which the shadow predicts another digit than the champion, for a person
// to label.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Value from 'typebox/value';
import { readBody } from '../body/read-body.ts';
import type { FeedbackAccess } from '../feedback/feedback-access.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { Problem } from '../problem.ts';
import { LabelBody } from '../schemas/disagreement.ts';
import * as schemas from './disagreement-schemas.ts';
import { linkNextPage, sendPicture } from './stored-items.ts';

export interface DisagreementOptions {
  readonly feedback: FeedbackAccess;
  readonly metrics: Pick<Metrics, 'feedbackStored'>;
}

/** Far more than a label needs. */
const maxBodyBytes = 1024;

export const disagreementRoutes: FastifyPluginAsyncTypebox<DisagreementOptions> = async (
  app,
  { feedback, metrics },
) => {
  app.addContentTypeParser('application/json', async (request: FastifyRequest) =>
    readBody(request),
  );

  app.get('/disagreements', { schema: schemas.list }, async (request, reply) => {
    const page = await feedback.use('list-disagreement', store =>
      store.disagreements.page(request.query),
    );
    linkNextPage(request, reply, page.next);
    return page;
  });

  app.get('/disagreements/:id/image', { schema: schemas.image }, async (request, reply) => {
    const { id } = request.params;
    const { input } = found(
      await feedback.use('get-disagreement', store => store.disagreements.get(id)),
    );
    return sendPicture(request, reply, input.sha256, async () =>
      found(await feedback.use('get-disagreement', store => store.disagreements.picture(id))),
    );
  });

  const labelling = { schema: schemas.label, bodyLimit: maxBodyBytes };
  app.post('/disagreements/:id/label', labelling, async ({ params, body }, reply) => {
    const label = readLabel(parseJson(body));
    const labelled = await feedback.use('label-disagreement', store =>
      store.disagreements.label(params.id, label),
    );
    const { entry, isNew } = found(labelled);
    if (isNew) metrics.feedbackStored(label);
    return reply
      .code(isNew ? 201 : 200)
      .header('location', `/feedback/${entry.id}`)
      .send(entry);
  });

  app.delete('/disagreements/:id', { schema: schemas.remove }, async ({ params }, reply) => {
    found(
      (await feedback.use('delete-disagreement', store => store.disagreements.delete(params.id))) ||
        undefined,
    );
    return reply.code(204).send();
  });
};

function parseJson(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new Problem('bad-request', 'The body is not JSON.', { cause });
  }
}

function readLabel(body: unknown): number {
  if (Value.Check(LabelBody, body)) return body.label;
  const { label } = (body ?? {}) as { readonly label?: unknown };
  const detail = 'Send {"label": …} with the digit that is on the picture, 0 to 9.';
  throw new Problem(label === undefined ? 'no-label' : 'bad-label', detail);
}

function found<T>(item: T | undefined): T {
  if (item !== undefined) return item;
  throw new Problem(
    'no-such-disagreement',
    'No disagreement has this id; it may have been labelled or deleted.',
  );
}
