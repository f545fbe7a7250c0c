// Pages of other origins, and one under a rebound host name, try to reach the store of a service in a
// real browser; a page of an allowed origin reaches it.

import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { SqliteFeedbackStore } from '../src/feedback/sqlite/sqlite-feedback-store.ts';
import { disagreement, picture } from '../test/support/feedback.ts';
import { attempts, makeAttempts, type Stored } from './attempts.ts';
import { startService } from './processes.ts';

/** A name of the service. To a name over plain HTTP, browsers send no Sec-Fetch-Site. */
export const namedHost = 'service.test';

/** Names that the browser resolves to this machine. */
export const hostNames = ['site.test', 'app.test', 'rebound.test', namedHost];

/** A web server of other origins. A page below /opaque has none. */
async function startPages() {
  const server = createServer((request, response) => {
    const isOpaque = request.url?.startsWith('/opaque');
    response.setHeader('content-type', 'text/html');
    if (isOpaque)
      response.setHeader('content-security-policy', 'sandbox allow-scripts allow-forms');
    response.end('<!doctype html><title>A page</title><body></body>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () => {
      server.close();
    },
  };
}

interface Scenario {
  readonly name: string;
  /** The address of the page. */
  readonly page: string;
  /** The address of the service as the page knows it. */
  readonly base: string;
  readonly bypassCSP?: boolean;
  readonly isAllowed?: boolean;
}

function listScenarios(url: string, pagesPort: number): readonly Scenario[] {
  const { port } = new URL(url);
  const site = `http://site.test:${pagesPort}`;
  return [
    { name: 'another site', page: site, base: url },
    { name: 'another port', page: `http://127.0.0.1:${pagesPort}`, base: url },
    { name: 'no origin', page: `${site}/opaque`, base: url },
    { name: 'another site, by name', page: site, base: `http://${namedHost}:${port}` },
    {
      name: 'a rebound name',
      // The page came from elsewhere before its name was bound to this machine: any document will do.
      page: `http://rebound.test:${port}/health/live`,
      bypassCSP: true,
      base: '',
    },
    { name: 'an allowed origin', page: allowedOrigin(pagesPort), base: url, isAllowed: true },
  ];
}

const allowedOrigin = (pagesPort: number) => `http://app.test:${pagesPort}`;

/** @returns a line for each page, and how many can do too much or too little */
export async function tryForeignPages(browser: Browser, dataDir: string) {
  await using clean = new AsyncDisposableStack();
  const pages = await startPages();
  clean.defer(pages.close);
  const file = join(dataDir, 'feedback.sqlite');
  const { url, stop } = await startService(dataDir, {
    CORS_ORIGIN: allowedOrigin(pages.port),
    ALLOWED_HOSTS: namedHost,
    // High: that its plugin is loaded from the bundle is checked here, too.
    RATE_LIMIT: '100000',
  });
  clean.defer(stop);
  const lines: string[] = [];
  let faults = 0;
  for (const [index, scenario] of listScenarios(url, pages.port).entries()) {
    const { name, base, bypassCSP = false, isAllowed = false } = scenario;
    const target = { base, ...(await seed(file, url, index)) };
    const page = await browser.newPage({ bypassCSP });
    await page.goto(scenario.page);
    const succeeded = await makeAttempts(page, target, () => readStore(url));
    await page.close();
    if (!isExpected(succeeded, isAllowed)) faults++;
    lines.push(`${name}: ${succeeded.length === 0 ? 'nothing' : succeeded.join(', ')}`);
  }
  return { lines, faults };
}

/** An allowed page can do all but show a picture in an element that does not use CORS. */
function isExpected(succeeded: readonly string[], isAllowed: boolean): boolean {
  return attempts.every(
    ({ name }) => succeeded.includes(name) === (isAllowed && name !== 'show a stored picture'),
  );
}

/** Stores a correction and a disagreement, with pictures that differ from those that pages send. */
async function seed(file: string, url: string, index: number) {
  const response = await fetch(`${url}/feedback?label=1`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array(picture(index)),
  });
  const { id: correction } = (await response.json()) as { readonly id: string };
  const id = randomUUID();
  const bytes = new Uint8Array(picture(500 + index));
  const store = new SqliteFeedbackStore({ file, maxBytes: 1024 ** 3 });
  await store.disagreements.add({
    ...disagreement(index),
    id,
    input: { sha256: sha256(bytes), contentType: 'image/png', byteLength: bytes.length },
    createdAt: new Date().toISOString(),
    picture: bytes,
  });
  await store.close();
  return { correction, disagreement: id };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function readStore(url: string): Promise<Stored> {
  const idsAt = async (path: string) => {
    const page = await (await fetch(`${url}${path}?limit=200`)).json();
    return (page as { readonly items: readonly { readonly id: string }[] }).items.map(
      ({ id }) => id,
    );
  };
  return {
    corrections: await idsAt('/feedback'),
    disagreements: await idsAt('/disagreements'),
  };
}
