// `nx run api:browser`: sends a digit to the built service from the page under /docs in a headless
// Chromium, checks the response in the page, and takes the screenshot docs/api.png. Then pages of other
// origins try to reach the store; see foreign-pages.ts.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { draw, invert } from '../test/support/drawing.ts';
import { png } from '../test/support/files.ts';
import { execute, openPanel, takeScreenshot } from './docs-page.ts';
import { hostNames, namedHost, tryForeignPages } from './foreign-pages.ts';
import { chromiumHint, findChromium, startService } from './processes.ts';

const digit = 7;
const file = {
  name: 'seven.png',
  mimeType: 'image/png',
  // Dark on light, as on paper.
  buffer: png(invert(draw(digit, 280))),
};
const picturePath = fileURLToPath(new URL('../../../docs/api.png', import.meta.url));

async function tryPage(page: Page, url: string): Promise<void> {
  const errors = collectErrors(page);
  await page.goto(`${url}/docs`);
  const predict = await openPanel(page, 'post-predict');
  expect(await execute(predict, { file }), '200', { digit, accepted: true });
  await takeScreenshot(predict, picturePath);
  const feedback = await openPanel(page, 'post-feedback');
  const answer = await execute(feedback, { file, label: String(digit) });
  expect(answer, '201', { label: digit, predicted: digit });
  if (errors.length > 0) throw new Error(`The page has errors: ${errors.join('; ')}.`);
}

/** What the browser reports of a header that has an effect on loopback and over HTTPS only. */
const harmlessError = /^The Cross-Origin-Opener-Policy header has been ignored/;

/** Collects the errors that the browser reports. */
function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', message => {
    const text = message.text();
    if (message.type() === 'error' && !harmlessError.test(text)) errors.push(text);
  });
  page.on('pageerror', error => errors.push(error.message));
  return errors;
}

function expect(
  { status, body }: { readonly status: string; readonly body: unknown },
  expectedStatus: string,
  members: Readonly<Record<string, unknown>>,
): void {
  const answer = body as Readonly<Record<string, unknown>>;
  const isExpected =
    status === expectedStatus &&
    Object.entries(members).every(([name, value]) => answer[name] === value);
  if (isExpected) return;
  const expected = `${expectedStatus} ${JSON.stringify(members)}`;
  throw new Error(`The page shows ${status} ${JSON.stringify(body)} instead of ${expected}.`);
}

async function tryDocsPage(browser: Browser, dataDir: string, host: string): Promise<void> {
  await using clean = new AsyncDisposableStack();
  const service = await startService(dataDir, { ALLOWED_HOSTS: namedHost });
  clean.defer(service.stop);
  const viewport = { width: 860, height: 1200 };
  const page = await browser.newPage({ viewport, deviceScaleFactor: 2 });
  await tryPage(page, `http://${host}:${new URL(service.url).port}`);
}

async function main(executablePath: string): Promise<void> {
  await using clean = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'digits-browser-'));
  clean.defer(() => rm(dataDir, { recursive: true }));
  const rules = hostNames.map(name => `MAP ${name} 127.0.0.1`).join(', ');
  const browser = await chromium.launch({
    executablePath,
    args: [`--host-resolver-rules=${rules}`],
  });
  clean.defer(() => browser.close());
  for (const host of [namedHost, '127.0.0.1'])
    await tryDocsPage(browser, join(dataDir, host), host);
  process.stdout.write(
    `The page classifies a ${digit} and stores it as feedback: ${picturePath}\n`,
  );
  const { lines, faults } = await tryForeignPages(browser, join(dataDir, 'foreign'));
  process.stdout.write(`What a page can do from\n${lines.map(line => `  ${line}\n`).join('')}`);
  if (faults > 0) throw new Error(`${faults} of these pages can do too much or too little.`);
}

const executablePath = findChromium(process.env);
if (executablePath === undefined) {
  process.stderr.write(`No Chromium was found. ${chromiumHint}\n`);
  process.exitCode = 1;
} else await main(executablePath);
