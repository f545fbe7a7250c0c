// Generates mutated uploads: flipped bits, removed, duplicated and moved pieces, wrong lengths and
// checksums, in pictures and in the forms around them.

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

/** Positions are fractions of the length, so that they shrink and fit any input. */
type Mutation = (bytes: Buffer) => Buffer;

// Without the bias to small numbers, which would destroy the first bytes of nearly every file.
const fraction = fc.noBias(fc.nat(9999)).map(parts => parts / 10_000);
const at = (bytes: Buffer, place: number) => Math.floor(place * bytes.length);

const flip = fc.record({ place: fraction, bit: fc.nat(7) }).map(
  ({ place, bit }): Mutation =>
    bytes => {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[at(copy, place)]! ^= 1 << bit;
      return copy;
    },
);

const overwrite = fc
  .record({ place: fraction, content: fc.uint8Array({ minLength: 1, maxLength: 8 }) })
  .map(
    ({ place, content }): Mutation =>
      bytes => {
        const copy = Buffer.from(bytes);
        copy.set(content.subarray(0, copy.length - at(copy, place)), at(copy, place));
        return copy;
      },
  );

const insert = fc
  .record({ place: fraction, content: fc.uint8Array({ minLength: 1, maxLength: 40 }) })
  .map(
    ({ place, content }): Mutation =>
      bytes =>
        Buffer.concat([
          bytes.subarray(0, at(bytes, place)),
          content,
          bytes.subarray(at(bytes, place)),
        ]),
  );

const cutOut = fc.record({ from: fraction, length: fraction }).map(
  ({ from, length }): Mutation =>
    bytes => {
      const start = at(bytes, from);
      const end = start + Math.floor((length * (bytes.length - start)) / 8);
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
    },
);

const cutOff = fraction.map(
  (place): Mutation =>
    bytes =>
      bytes.subarray(0, at(bytes, place)),
);

const doubled = fc.record({ from: fraction, length: fraction, to: fraction }).map(
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

/** Corrects every checksum of a PNG, so that decoders read its mutated chunks. */
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

/** A mutated picture as the bare body or in a valid form. */
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

/** A valid picture in a mutated form. */
const changedForm = fc.record({ picture: fc.constantFrom(...pictures), mutate: mutations }).map(
  ({ picture, mutate }): HostileUpload => ({
    headers: formHeaders,
    body: mutate(fileForm(picture)),
  }),
);

/** A valid form with a mutated Content-Type. */
const changedHead = mutations.map((mutate): HostileUpload => {
  const contentType = mutate(Buffer.from(formHeaders['content-type'])).toString('latin1');
  return {
    // An invalid header value would not be sent.
    headers: { 'content-type': contentType.replaceAll(/[^\x20-\x7e]/g, '?') },
    body: fileForm(pictures[0]!),
  };
});

export const hostileUpload: fc.Arbitrary<HostileUpload> = fc.oneof(
  { arbitrary: changedPicture, weight: 6 },
  { arbitrary: changedForm, weight: 3 },
  { arbitrary: changedHead, weight: 1 },
);
