// `nx run api:browser`: a digit is sent to the built service as a person would from the page under
// /docs, in a headless Chromium, and the answer is read there. Takes the picture in docs/api.png.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { draw, invert } from '../test/support/drawing.ts';
import { png } from '../test/support/files.ts';
import { findChromium, howToHaveChromium } from './chromium.ts';
import { execute, openPanel } from './docs-page.ts';
import { photograph } from './photograph.ts';
import { startService } from './service.ts';

const digit = 7;
const file = {
  name: 'seven.png',
  mimeType: 'image/png',
  // As it is on paper.
  buffer: png(invert(draw(digit, 280))),
};
const picturePath = fileURLToPath(new URL('../../../docs/api.png', import.meta.url));

async function tryPage(page: Page, url: string): Promise<void> {
  const mistakes = watchForMistakes(page);
  await page.goto(`${url}/docs`);
  const predict = await openPanel(page, 'post-predict');
  expect(await execute(predict, { file }), '200', { digit, accepted: true });
  await photograph(predict, picturePath);
  const feedback = await openPanel(page, 'post-feedback');
  const answer = await execute(feedback, { file, label: String(digit) });
  expect(answer, '201', { label: digit, predicted: digit });
  if (mistakes.length > 0) throw new Error(`The page complains: ${mistakes.join('; ')}.`);
}

/** What the browser reports while the page is used. */
function watchForMistakes(page: Page): string[] {
  const mistakes: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') mistakes.push(message.text());
  });
  page.on('pageerror', error => mistakes.push(error.message));
  return mistakes;
}

function expect(
  { status, body }: { readonly status: string; readonly body: unknown },
  expectedStatus: string,
  members: Readonly<Record<string, unknown>>,
): void {
  const answer = body as Readonly<Record<string, unknown>>;
  const isRight =
    status === expectedStatus &&
    Object.entries(members).every(([name, value]) => answer[name] === value);
  if (isRight) return;
  const expected = `${expectedStatus} ${JSON.stringify(members)}`;
  throw new Error(`The page shows ${status} ${JSON.stringify(body)} instead of ${expected}.`);
}

async function main(executablePath: string): Promise<void> {
  await using clean = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'digits-browser-'));
  clean.defer(() => rm(dataDir, { recursive: true }));
  const service = await startService(dataDir);
  clean.defer(service.stop);
  const browser = await chromium.launch({ executablePath });
  clean.defer(() => browser.close());
  const viewport = { width: 860, height: 1200 };
  await tryPage(await browser.newPage({ viewport, deviceScaleFactor: 2 }), service.url);
}

const executablePath = findChromium(process.env);
if (executablePath === null) {
  process.stderr.write(`There is no Chromium to open the page with. ${howToHaveChromium}\n`);
  process.exitCode = 1;
} else {
  await main(executablePath);
  process.stdout.write(`The page reads a ${digit}, and takes it as feedback: ${picturePath}\n`);
}
