import test from 'ava';
import { imageType } from '../../src/service/image-type.ts';

for (const [content, contentType] of [
  ['\u{89}PNG\r\n\u{1a}\n', 'image/png'],
  ['\u{ff}\u{d8}\u{ff}\u{e0}', 'image/jpeg'],
  ['RIFF\u{7}\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\u{7}\0\0\0WAVE', 'application/octet-stream'],
  ['GIF89a', 'application/octet-stream'],
  ['\u{89}PN', 'application/octet-stream'],
  ['', 'application/octet-stream'],
] as const) {
  test(`${JSON.stringify(content)} is ${contentType}`, t => {
    t.is(imageType(Buffer.from(content, 'latin1')).contentType, contentType);
  });
}
