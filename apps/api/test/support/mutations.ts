// Uploads that began as good ones: bytes flipped, pieces cut out, doubled and put elsewhere, lengths
// and checksums that lie, in pictures and in the forms around them.

import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { draw } from './drawing.ts';
import { png } from './files.ts';
import { fileForm, formHeaders } from './form.ts';

export interface HostileUpload {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Places are shares of the whole, so that they shrink and fit whatever came before. */
type Mutation = (bytes: Buffer) => Buffer;

// Without the bias to small numbers, which would destroy the first bytes of nearly every file.
const share = fc.noBias(fc.nat(9999)).map(parts => parts / 10_000);
const at = (bytes: Buffer, place: number) => Math.floor(place * bytes.length);

const flip = fc.record({ place: share, bit: fc.nat(7) }).map(
  ({ place, bit }): Mutation =>
    bytes => {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[at(copy, place)]! ^= 1 << bit;
      return copy;
    },
);

const overwrite = fc
  .record({ place: share, content: fc.uint8Array({ minLength: 1, maxLength: 8 }) })
  .map(
    ({ place, content }): Mutation =>
      bytes => {
        const copy = Buffer.from(bytes);
        copy.set(content.subarray(0, copy.length - at(copy, place)), at(copy, place));
        return copy;
      },
  );

const insert = fc
  .record({ place: share, content: fc.uint8Array({ minLength: 1, maxLength: 40 }) })
  .map(
    ({ place, content }): Mutation =>
      bytes =>
        Buffer.concat([
          bytes.subarray(0, at(bytes, place)),
          content,
          bytes.subarray(at(bytes, place)),
        ]),
  );

const cutOut = fc.record({ from: share, length: share }).map(
  ({ from, length }): Mutation =>
    bytes => {
      const start = at(bytes, from);
      const end = start + Math.floor((length * (bytes.length - start)) / 8);
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
    },
);

const cutOff = share.map(
  (place): Mutation =>
    bytes =>
      bytes.subarray(0, at(bytes, place)),
);

const doubled = fc.record({ from: share, length: share, to: share }).map(
  ({ from, length, to }): Mutation =>
    bytes => {
      const start = at(bytes, from);
      const piece = bytes.subarray(
        start,
        start + Math.floor((length * (bytes.length - start)) / 8),
      );
      const place = at(bytes, to);
      return Buffer.concat([bytes.subarray(0, place), piece, bytes.subarray(place)]);
    },
);

/** Makes every checksum of a PNG right again, so that what stands in its chunks is believed. */
const resealed: Mutation = bytes => {
  const copy = Buffer.from(bytes);
  for (let start = 8; start + 12 <= copy.length; ) {
    const end = start + 8 + copy.readUInt32BE(start);
    if (end + 4 > copy.length) break;
    copy.writeUInt32BE(crc32(copy.subarray(start + 4, end)), end);
    start = end + 4;
  }
  return copy;
};

const mutations = fc
  .array(fc.oneof(flip, overwrite, insert, cutOut, cutOff, doubled, fc.constant(resealed)), {
    minLength: 1,
    maxLength: 6,
  })
  .map(list => (bytes: Buffer) => list.reduce((changed, mutate) => mutate(changed), bytes));

const drawing = draw(7, 28);
const colours = sharp(png(drawing)).toColourspace('srgb');
const pictures = await Promise.all([
  png(drawing),
  png(drawing, 'rgba', grey => [grey, 255 - grey, 9, grey]),
  colours.clone().png({ palette: true }).toBuffer(),
  colours.clone().png({ progressive: true }).toBuffer(),
  colours
    .clone()
    .withExif({ IFD0: { Copyright: 'me' } })
    .jpeg()
    .toBuffer(),
  colours.clone().jpeg({ progressive: true }).toBuffer(),
  colours.clone().webp().toBuffer(),
  colours.clone().webp({ lossless: true }).toBuffer(),
]);

const contentTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;

/** A changed picture as the bare body, or in a good form. */
const changedPicture = fc
  .record({
    picture: fc.constantFrom(...pictures),
    mutate: mutations,
    contentType: fc.constantFrom(...contentTypes, formHeaders['content-type']),
  })
  .map(({ picture, mutate, contentType }): HostileUpload => {
    const bytes = mutate(picture);
    const isForm = contentType.startsWith('multipart');
    return {
      headers: { 'content-type': contentType },
      body: isForm ? fileForm(bytes) : bytes,
    };
  });

/** A good picture in a form that was changed. */
const changedForm = fc.record({ picture: fc.constantFrom(...pictures), mutate: mutations }).map(
  ({ picture, mutate }): HostileUpload => ({
    headers: formHeaders,
    body: mutate(fileForm(picture)),
  }),
);

/** A good form under a head that was changed. */
const changedHead = mutations.map((mutate): HostileUpload => {
  const contentType = mutate(Buffer.from(formHeaders['content-type'])).toString('latin1');
  return {
    // What is no header at all never gets as far as a request.
    headers: { 'content-type': contentType.replaceAll(/[^\x20-\x7e]/g, '?') },
    body: fileForm(pictures[0]!),
  };
});

export const hostileUpload: fc.Arbitrary<HostileUpload> = fc.oneof(
  { arbitrary: changedPicture, weight: 6 },
  { arbitrary: changedForm, weight: 3 },
  { arbitrary: changedHead, weight: 1 },
);
