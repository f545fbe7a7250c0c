// Every environment variable of the service: its name, what it is for, what it takes.

import { fileURLToPath } from 'node:url';
import { key, oneOf, origins, pathBelow, text, wholeNumber } from './variable.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const inRepository = (folder: string) =>
  fileURLToPath(new URL(`../../../../${folder}`, import.meta.url));

const mebibyte = 1024 * 1024;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const anyCount = { least: 0, most: 1_000_000_000 };

/** In the order in which people read them; the keys are those of `Config`. */
export const variables = {
  host: text({
    name: 'HOST',
    help: 'The address to listen on.',
    fallback: '127.0.0.1',
  }),
  port: wholeNumber(
    { name: 'PORT', help: 'The port to listen on; 0 takes a free one.', fallback: 8000 },
    { least: 0, most: 65_535 },
  ),
  modelsDir: text({
    name: 'MODELS_DIR',
    help: 'Where champion.json is.',
    fallback: inRepository('models'),
  }),
  shadowModel: pathBelow(
    {
      name: 'SHADOW_MODEL',
      help: 'A model that answers beside the champion, unseen; see /disagreements.',
      fallback: null,
      fallbackText: 'none',
    },
    'the name of a version in MODELS_DIR, or the path below it to a model.safetensors',
  ),
  dataDir: text({
    name: 'DATA_DIR',
    help: 'Where feedback is stored; made if it is not there.',
    fallback: inRepository('data'),
  }),
  maxFeedbackBytes: wholeNumber(
    {
      name: 'MAX_FEEDBACK_BYTES',
      help: 'What the stored feedback may grow to.',
      fallback: 1024 * mebibyte,
    },
    { least: mebibyte, most: 1024 * 1024 * mebibyte },
  ),
  logLevel: oneOf(
    { name: 'LOG_LEVEL', help: 'The least that is worth a line.', fallback: 'info' },
    logLevels,
  ),
  apiKey: key({
    name: 'API_KEY',
    help: 'What clients must send as "Authorization: Bearer …" or "X-API-Key: …".',
    fallback: null,
    fallbackText: 'none: anyone may ask',
  }),
  rateLimit: wholeNumber(
    {
      name: 'RATE_LIMIT',
      help: 'Requests a minute that one address may make; 0 is no limit.',
      fallback: null,
      fallbackText: '0 on loopback, 600 elsewhere',
    },
    anyCount,
  ),
  corsOrigins: origins({
    name: 'CORS_ORIGIN',
    help: 'The origins of pages that may ask from a browser.',
    fallback: [],
    fallbackText: 'none',
  }),
  trustedProxies: wholeNumber(
    {
      name: 'TRUST_PROXY',
      help: 'How many proxies stand before the service and tell X-Forwarded-For.',
      fallback: 0,
    },
    { least: 0, most: 10 },
  ),
  maxFileBytes: wholeNumber(
    { name: 'MAX_FILE_BYTES', help: 'The largest upload.', fallback: 10 * mebibyte },
    { least: 1, most: 1024 * mebibyte },
  ),
  maxPixels: wholeNumber(
    {
      name: 'MAX_PIXELS',
      help: 'The largest picture, width times height.',
      fallback: 24_000_000,
    },
    { least: 1, most: 1_000_000_000 },
  ),
  maxConnections: wholeNumber(
    {
      name: 'MAX_CONNECTIONS',
      help: 'Connections at a time; more are dropped. 0 is no limit.',
      fallback: 1000,
    },
    anyCount,
  ),
  requestTimeoutMs: wholeNumber(
    {
      name: 'REQUEST_TIMEOUT_MS',
      // 10 MiB at 1.4 Mbit/s.
      help: 'For a whole request to arrive in.',
      fallback: minuteMs,
    },
    { least: 1, most: hourMs },
  ),
  headersTimeoutMs: wholeNumber(
    {
      name: 'HEADERS_TIMEOUT_MS',
      help: 'For the head of a request to arrive in.',
      fallback: 10_000,
    },
    { least: 1, most: hourMs },
  ),
  keepAliveTimeoutMs: wholeNumber(
    {
      name: 'KEEP_ALIVE_TIMEOUT_MS',
      // Longer than the 60 s that load balancers wait, or they would send into a closed connection.
      help: 'For how long an idle connection is kept.',
      fallback: 72_000,
    },
    { least: 1, most: hourMs },
  ),
  handlerTimeoutMs: wholeNumber(
    {
      name: 'HANDLER_TIMEOUT_MS',
      help: 'For a request to be answered in, from its head on; more than REQUEST_TIMEOUT_MS.',
      fallback: minuteMs + 15_000,
    },
    { least: 1, most: 2 * hourMs },
  ),
  graceMs: wholeNumber(
    {
      name: 'GRACE_MS',
      help: 'For requests in flight to be answered in after a signal.',
      fallback: 8000,
    },
    { least: 0, most: hourMs },
  ),
  maxEventLoopDelayMs: wholeNumber(
    {
      name: 'MAX_EVENT_LOOP_DELAY_MS',
      help: 'Above it requests are turned away with a 503. 0 is no limit.',
      fallback: 1000,
    },
    { least: 0, most: hourMs },
  ),
  maxMemoryBytes: wholeNumber(
    {
      name: 'MAX_MEMORY_BYTES',
      help: 'The resident memory above which requests are turned away with a 503. 0 is no limit.',
      fallback: 1024 * mebibyte,
    },
    { least: 0, most: 1024 * 1024 * mebibyte },
  ),
} as const;
