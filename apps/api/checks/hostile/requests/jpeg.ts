// Mutations of JPEG files by segment: frame headers, tables, metadata and the compressed scan.

import type { Random } from '../random.ts';
import { mutateBytes, rearrange } from './bytes.ts';

interface Segment {
  readonly marker: number;
  /** Without the marker and the length; for a scan, its header and the compressed data. */
  readonly content: Buffer;
}

const startOfScan = 0xda;

/** The segments between the start of the image and its end. A scan reaches to the next marker. */
function parse(file: Buffer): Segment[] {
  const segments: Segment[] = [];
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff; ) {
    const marker = file[at + 1]!;
    if (marker === 0xd9) break;
    let end = at + 2 + file.readUInt16BE(at + 2);
    if (marker === startOfScan) while (end < file.length && !isMarker(file, end)) end++;
    segments.push({ marker, content: file.subarray(at + 4, end) });
    at = end;
  }
  return segments;
}

/** A byte 0xff that is not stuffed and starts no restart marker. */
function isMarker(file: Buffer, at: number): boolean {
  const next = file[at + 1] ?? 0;
  return file[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7);
}

function serialize(segments: readonly Segment[], random: Random): Buffer {
  const parts = segments.map(({ marker, content }) => {
    const scanHeader = marker === startOfScan ? (content[0] ?? 0) * 2 + 4 : content.length;
    const length = random.chance(0.02) ? random.below(65_536) : Math.min(scanHeader + 2, 65_535);
    return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 0xff]), content]);
  });
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xd9])]);
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xc2;

/** Precision, height, width, components and their sampling factors. */
function changeFrame(content: Buffer, random: Random): Buffer {
  const copy = Buffer.from(content);
  const field = random.below(4);
  if (field === 0) copy[0] = random.pick([0, 1, 8, 12, 16, 255]);
  else if (field === 1) copy.writeUInt16BE(random.pick([0, 1, 28, 5000, 65_535]), 1);
  else if (field === 2) copy.writeUInt16BE(random.pick([0, 1, 28, 5000, 65_535]), 3);
  else copy[5 + random.below(copy.length - 5)] = random.pick([0, 1, 3, 4, 0x11, 0x22, 0x44, 0xff]);
  return copy;
}

/** EXIF with an orientation, valid or not, in a list of entries that may refer to themselves. */
function exif(random: Random): Buffer {
  const head = Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1');
  const entry = Buffer.from([1, 0x12, 0, 3, 0, 0, 0, 1, 0, random.below(12), 0, 0]);
  const next = Buffer.from([0, 0, 0, random.pick([0, 8, 255])]);
  const file = Buffer.concat([head, Buffer.from([0, random.pick([0, 1, 1, 255])]), entry, next]);
  return random.chance(0.3) ? mutateBytes(file, random) : file;
}

const markers = [
  0xc0, 0xc2, 0xc4, 0xc8, 0xcc, 0xdb, 0xdd, 0xdc, 0xe1, 0xe2, 0xee, 0xfe, 0xd0, 0x01,
];

function newSegment(random: Random): Segment {
  if (random.chance(0.4)) return { marker: 0xe1, content: exif(random) };
  const length = random.pick([0, 1, 2, 12, 64, 400, 65_533]);
  return { marker: random.pick(markers), content: Buffer.alloc(length, random.below(256)) };
}

export function mutateJpeg(file: Buffer, random: Random): Buffer {
  let segments = parse(file);
  for (let left = 1 + random.below(3); left > 0 && segments.length > 0; left--) {
    const at = random.below(segments.length);
    const { marker, content } = segments[at]!;
    const change = random.below(4);
    if (change === 0) segments = rearrange(segments, random);
    else if (change === 1) segments.splice(at, 0, newSegment(random));
    else if (isFrame(marker) && content.length > 6) {
      segments[at] = { marker, content: changeFrame(content, random) };
    } else segments[at] = { marker, content: mutateBytes(content, random) };
  }
  return serialize(segments, random);
}
