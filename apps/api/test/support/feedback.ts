// Pictures for corrections, each index another picture of a seven, and rows for the store.

import type { FastifyInstance } from 'fastify';
import type { NewDisagreement } from '../../src/feedback/disagreement.ts';
import type { NewFeedbackEntry } from '../../src/feedback/feedback-entry.ts';
import { draw } from './drawing.ts';
import { png } from './files.ts';

/** A seven with two grey pixels that depend on the index. */
export function picture(index: number): Buffer {
  const { side, data } = draw(7, 28);
  data[index % 50] = 100 + (index % 97);
  data[28 * 27 + (index % 23)] = 120 + (index % 89);
  return png({ side, data });
}

/** Posts a bare picture. */
export function postFeedback(app: FastifyInstance, query: string, payload = picture(0)) {
  const headers = { 'content-type': 'image/png' };
  return app.inject({ method: 'POST', url: `/feedback${query}`, headers, payload });
}

/** A correction as the store takes it; its picture has this many bytes. */
export function entry(index: number, bytes = 300): NewFeedbackEntry {
  return {
    id: `id-${index}`,
    label: 4,
    source: 'correction',
    predicted: null,
    confidence: 0.5,
    accepted: false,
    reason: 'uncertain',
    model: { name: 'digits', version: 'tiny-1', sha256: 'a'.repeat(64) },
    input: { sha256: `${index}`.padStart(64, '0'), contentType: 'image/png', byteLength: bytes },
    createdAt: '2026-03-14T15:09:26.535Z',
    picture: new Uint8Array(bytes).fill(index),
    seen: new Uint8Array(784),
    preprocessing: 'mnist-fit/1',
  };
}

const answer = (digit: number, version: string) => ({
  digit,
  confidence: 0.75,
  accepted: true,
  reason: null,
  model: { name: 'digits', version, sha256: 'a'.repeat(64) },
});

/** A disagreement as the store takes it; its picture has this many bytes. */
export function disagreement(index: number, bytes = 300): NewDisagreement {
  return {
    id: `id-${index}`,
    champion: answer(7, 'old-1'),
    shadow: { ...answer(3, 'new-1'), accepted: false, reason: 'uncertain' },
    input: { sha256: `${index}`.padStart(64, '0'), contentType: 'image/png', byteLength: bytes },
    createdAt: '2026-03-14T15:09:26.535Z',
    picture: new Uint8Array(bytes).fill(index),
    seen: new Uint8Array(784).fill(index),
    preprocessing: 'mnist-fit/2',
  };
}
