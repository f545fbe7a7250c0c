// Pictures truncated, or with a flipped bit, at every 64th byte.

import type { ProblemDetails } from '@digits/protocol';
import test from 'ava';
import { problemDetails } from '../../src/problem.ts';
import type { Drawing } from '../support/drawing.ts';
import { pipeline } from '../support/files.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { sharedService } from './service.ts';

const started = sharedService();

const step = 64;

/** Incompressible pixels, so that the files are long. */
const noise: Drawing = {
  side: 64,
  data: Uint8Array.from({ length: 64 * 64 }, (_, i) => (i * i * 7919 + i * 104_729) >> 3),
};

/** The allowed problems; a damaged picture may also be answered where the damage has no effect. */
const refusals = ['not-an-image', 'unreadable-image', 'too-many-pixels'] as const;

function flipped(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file);
  copy[at]! ^= 1 << ((at / step) % 8);
  return copy;
}

for (const format of ['png', 'jpeg', 'webp'] as const) {
  test.serial(
    `a ${format} file truncated or with a flipped bit is answered or refused`,
    async t => {
      t.timeout(60_000);
      const service = await started;
      service.measureMemory();
      const file = await pipeline(noise).toFormat(format).toBuffer();
      for (let at = 0; at < file.length; at += step) {
        for (const [title, bytes] of [
          [`truncated at ${at}`, file.subarray(0, at)],
          [`flipped at ${at}`, flipped(file, at)],
        ] as const) {
          const { status, body } = await service.post('/predict', formHeaders, fileForm(bytes));
          const { code, detail } = body as ProblemDetails;
          const isCut = bytes.length < file.length;
          if (status === 200) t.false(isCut, title);
          else if (at === 0 && isCut) t.is(code, 'empty-file');
          else {
            t.true(
              refusals.some(known => known === code),
              `${title}: ${status} ${code}`,
            );
            t.deepEqual(body, problemDetails(code as (typeof refusals)[number], detail));
          }
        }
      }
      await service.readsDigit(t);
      service.tookLittleMemory(t);
    },
  );
}
