// A built service and a Chromium for the tests of a file, and pages in it that record their faults.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext, TestFn } from 'ava';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import {
  chromiumHint,
  findChromium,
  type RunningService,
  startService,
} from '../../../api/browser/processes.ts';

export interface Session {
  readonly browser: Browser;
  readonly service: RunningService;
}

/** Starts a browser, which is closed in the end. */
export async function launchChromium(t: Pick<ExecutionContext, 'teardown'>): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) throw new Error(`No Chromium was found. ${chromiumHint}`);
  // Without a graphics processor it would emulate one, which takes twice the time of drawing without.
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu'] });
  t.teardown(() => browser.close());
  return browser;
}

/** Starts a service with an empty store. Its folder stays when it is stopped. */
export async function startOwnService(
  t: Pick<ExecutionContext, 'teardown'>,
  variables: Readonly<Record<string, string>> = {},
): Promise<RunningService & { readonly dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'digits-web-'));
  t.teardown(() => rm(dataDir, { recursive: true }));
  const { url, stop } = await startService(dataDir, variables);
  t.teardown(stop);
  return { url, stop, dataDir };
}

/** One browser and one service for all tests of a file. */
export function useSession(test: TestFn): () => Session {
  let session: Session | undefined;
  const cleaning: (() => unknown)[] = [];
  test.before(async () => {
    const t = { teardown: (clean: () => unknown) => void cleaning.push(clean) };
    session = { browser: await launchChromium(t), service: await startOwnService(t) };
  });
  test.after.always(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  return () => session!;
}

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser reported: errors, violations of the policy, requests to other origins. */
  readonly faults: readonly string[];
}

/** Opens the page in a context of its own: no cache, no storage. */
export async function openPage(
  t: Pick<ExecutionContext, 'teardown'>,
  { browser }: Pick<Session, 'browser'>,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext(options);
  t.teardown(() => context.close());
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', error => faults.push(error.message));
  page.on('request', request => {
    const isOwn = request.url().startsWith(`${url}/`) || /^(blob|data):/.test(request.url());
    if (!isOwn) faults.push(`a request to ${request.url()}`);
  });
  await page.exposeFunction('reportViolation', (text: string) => faults.push(text));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const { reportViolation } = window as unknown as { reportViolation(text: string): void };
      reportViolation(`${violatedDirective} violated by ${blockedURI}`);
    });
  });
  await page.goto(`${url}/`);
  return { page, context, faults };
}

/** A window of a desktop, and a telephone. */
export const desktop = { viewport: { width: 1280, height: 800 } } as const;
export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  hasTouch: true,
  isMobile: true,
} as const;
