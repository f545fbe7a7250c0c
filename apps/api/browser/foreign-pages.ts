// Pages of other origins, and one under a rebound host name, try to reach the store of a service in a
// real browser; a page of an allowed origin reaches it.

import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { FeedbackStore } from '../src/feedback/feedback-store.ts';
import { picture } from '../test/support/feedback.ts';
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
  /** The page may read and write; a picture that is merely shown carries no origin. */
  readonly isAllowed?: boolean;
}

/** @returns a line for each page, and how many were not answered as they should be */
export async function tryForeignPages(browser: Browser, dataDir: string) {
  await using clean = new AsyncDisposableStack();
  const pages = await startPages();
  clean.defer(pages.close);
  const file = join(dataDir, 'feedback.sqlite');
  const allowedOrigin = `http://app.test:${pages.port}`;
  const service = await startService(dataDir, {
    CORS_ORIGIN: allowedOrigin,
    ALLOWED_HOSTS: namedHost,
    // High: that its plugin is loaded from the bundle is checked here, too.
    RATE_LIMIT: '100000',
  });
  clean.defer(service.stop);
  const { port } = new URL(service.url);
  const named = `http://${namedHost}:${port}`;
  const scenarios: readonly Scenario[] = [
    { name: 'another site', page: `http://site.test:${pages.port}`, base: service.url },
    { name: 'another port', page: `http://127.0.0.1:${pages.port}`, base: service.url },
    { name: 'no origin', page: `http://site.test:${pages.port}/opaque`, base: service.url },
    { name: 'another site, by name', page: `http://site.test:${pages.port}`, base: named },
    // Its page came from elsewhere before its name was bound to this machine: any document will do.
    { name: 'a rebound name', page: `http://rebound.test:${port}/health/live`, base: '' },
    { name: 'an allowed origin', page: allowedOrigin, base: service.url, isAllowed: true },
  ];
  const lines: string[] = [];
  let faults = 0;
  for (const [index, { name, page: address, base, isAllowed = false }] of scenarios.entries()) {
    const target = { base, ...(await seed(file, service.url, index)) };
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(address);
    const succeeded = await makeAttempts(page, target, () => readStore(service.url));
    await page.close();
    const isRight = isAllowed ? isEveryRead(succeeded) : succeeded.length === 0;
    if (!isRight) faults++;
    lines.push(`${name}: ${succeeded.length === 0 ? 'nothing' : succeeded.join(', ')}`);
  }
  return { lines, faults };
}

/** Attempts without an `Origin` header or a preflight fail for allowed origins too. */
const needsOrigin = 'show a stored picture';

function isEveryRead(succeeded: readonly string[]): boolean {
  return attempts.every(({ name }) => succeeded.includes(name) !== (name === needsOrigin));
}

/** Stores a correction and a disagreement, with pictures that differ from those that pages send. */
async function seed(file: string, url: string, index: number) {
  const response = await fetch(`${url}/feedback?label=1`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array(picture(index)),
  });
  const { id: correction } = (await response.json()) as { readonly id: string };
  const disagreement = randomUUID();
  const bytes = new Uint8Array(picture(500 + index));
  const store = await FeedbackStore.open(file, 1024 ** 3);
  await store.disagreements.add({
    id: disagreement,
    champion: answer(7, 'old-1'),
    shadow: answer(3, 'new-1'),
    input: { sha256: sha256(bytes), contentType: 'image/png', byteLength: bytes.length },
    createdAt: new Date().toISOString(),
    picture: bytes,
    seen: new Uint8Array(784),
    preprocessing: 'none',
  });
  await store.close();
  return { correction, disagreement };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function answer(digit: number, version: string) {
  const model = { name: 'digits', version, sha256: 'a'.repeat(64) };
  return { digit, confidence: 0.75, accepted: true, reason: null, model };
}

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
