// `nx run web:picture`: takes the README's picture of the page, docs/browser.png, in Chromium over the built
// service: a drawing with its answer and the evidence for it.

import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { answerOf, nextFrame } from '../browser/support/answer.ts';
import { drawStrokes, strokesOf } from '../browser/support/pointer.ts';
import { launchChromium, openPage, startOwnService } from '../browser/support/session.ts';

const path = fileURLToPath(new URL('../../../docs/browser.png', import.meta.url));

const viewport = { width: 1000, height: 690 };
const margin = 16;

await using clean = new AsyncDisposableStack();
const t = { teardown: (end: () => unknown) => clean.defer(async () => void (await end())) };
const browser = await launchChromium(t);
const { url } = await startOwnService(t);
const { page } = await openPage(t, { browser }, url, { viewport, deviceScaleFactor: 2 });
await drawStrokes(page, strokesOf(5), 'mouse');
await answerOf(page);
await page.locator('[data-command=explain]').click();
await page.locator('#why:not(:empty)').waitFor();
await page.mouse.move(0, 0);
await nextFrame(page);
const { y, height } = (await page.locator('#drawing').boundingBox())!;
const clip = { x: 0, y: 0, width: viewport.width, height: y + height + margin };
const picture = await page.screenshot({ animations: 'disabled', fullPage: true, clip });
await sharp(picture).png({ palette: true, effort: 10 }).toFile(path);
process.stdout.write(`${path}\n`);
