// The media type of a picture that has been decoded, by its first byte.

import type { FeedbackEntry } from '../schemas/feedback.ts';

export function contentTypeOf(picture: Buffer): FeedbackEntry['input']['contentType'] {
  if (picture[0] === 0x89) return 'image/png';
  return picture[0] === 0xff ? 'image/jpeg' : 'image/webp';
}
