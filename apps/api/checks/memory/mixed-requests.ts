// One request of each kind that clients send in turn: pictures of all formats and sizes, explanations,
// tensors, corrections, pages, and what is refused.

import type { Request } from 'autocannon';
import { picture, rows } from '../../bench/requests.ts';
import { draw } from '../../test/support/drawing.ts';
import { pipeline } from '../../test/support/files.ts';

export async function mixedRequests(): Promise<Request[]> {
  const photo = await pipeline(draw(7, 300)).jpeg().toBuffer();
  const webp = await pipeline(draw(7, 300)).webp().toBuffer();
  const large = await pipeline(draw(7, 900)).png().toBuffer();
  const damaged = photo.subarray(0, photo.length / 2);
  return [
    ...rows.map(({ request }) => request),
    post('/predict', photo),
    post('/predict', webp),
    post('/predict', large),
    post('/predict', damaged),
    post('/predict', Buffer.from('GIF89a, which is not accepted')),
    post('/predict?explain=layers,saliency', picture),
    post('/feedback?label=7', picture),
    ...[
      '/feedback',
      '/model',
      '/model/layers/0/neurons/3',
      '/health/ready',
      '/metrics',
      '/nowhere',
    ].map(path => ({ method: 'GET' as const, path })),
  ];
}

function post(path: string, body: Buffer): Request {
  return { method: 'POST', path, headers: { 'content-type': 'image/png' }, body };
}
