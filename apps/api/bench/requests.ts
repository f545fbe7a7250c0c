// The requests of the benchmark: the same picture in every form in which it can be sent.

import type { Request } from 'autocannon';
import { draw } from '../test/support/drawing.ts';
import { png } from '../test/support/files.ts';
import { fileForm, formHeaders } from '../test/support/form.ts';

export interface Row {
  readonly name: string;
  readonly imagesPerRequest: number;
  /** Target ratio to the images a second of the Python service with forms and its own network, if there is one. */
  readonly goal: number | undefined;
  readonly request: Request;
}

const drawing = draw(7, 28);
export const picture = png(drawing);

/** The picture in a form, which both services accept. */
export const form: Request = {
  method: 'POST',
  path: '/predict',
  headers: formHeaders,
  body: fileForm(picture),
};

const bare: Request = {
  method: 'POST',
  path: '/predict',
  headers: { 'content-type': 'image/png' },
  body: picture,
};

const batch = 64;
const shape = [batch, 784];
const images = Float32Array.from({ length: batch * 784 }, (_, i) => drawing.data[i % 784]! / 255);

const path = '/v2/models/digits/infer';
const input = { name: 'input', datatype: 'FP32', shape };

const inferJson: Request = {
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ inputs: [{ ...input, data: Array.from(images) }] }),
};

const header = JSON.stringify({
  inputs: [{ ...input, parameters: { binary_data_size: images.byteLength } }],
});

const inferBinary: Request = {
  method: 'POST',
  path,
  headers: {
    'content-type': 'application/octet-stream',
    'inference-header-content-length': String(header.length),
  },
  body: Buffer.concat([Buffer.from(header), Buffer.from(images.buffer)]),
};

export const rows: readonly Row[] = [
  { name: 'multipart', imagesPerRequest: 1, goal: 3, request: form },
  { name: 'bare body', imagesPerRequest: 1, goal: 3.5, request: bare },
  { name: 'v2 infer, JSON', imagesPerRequest: batch, goal: undefined, request: inferJson },
  { name: 'v2 infer, binary', imagesPerRequest: batch, goal: 25, request: inferBinary },
];
