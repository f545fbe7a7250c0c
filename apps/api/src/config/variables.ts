// Every environment variable of the service: its name, meaning, type and default.

import {
  folderAddress,
  hostNames,
  key,
  oneOf,
  origins,
  pathBelow,
  postgresAddress,
  text,
  wholeNumber,
} from './variable.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const mebibyte = 1024 * 1024;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const countRange = { min: 0, max: 1_000_000_000 };

/** In the order of --help; the keys are those of `Config`. */
export const variables = {
  host: text({
    name: 'HOST',
    help: 'The address to listen on.',
    fallback: '127.0.0.1',
  }),
  port: wholeNumber(
    { name: 'PORT', help: 'The port to listen on; 0 picks a free one.', fallback: 8000 },
    { min: 0, max: 65_535 },
  ),
  workers: wholeNumber(
    {
      name: 'WORKERS',
      help: 'Number of processes that answer on the port; further ones need processors of their own.',
      fallback: 1,
    },
    { min: 1, max: 64 },
  ),
  modelsDir: text({
    name: 'MODELS_DIR',
    help: 'The folder with champion.json and the versions.',
    fallback: undefined,
    fallbackText: 'DATA_DIR/models, and the shipped models for what is not there',
  }),
  modelsUrl: folderAddress({
    name: 'MODELS_URL',
    help: 'The folder on an HTTP server whose champion is served; the one on disk while it is away.',
    fallback: undefined,
    fallbackText: 'none',
  }),
  modelsUrlIntervalMs: wholeNumber(
    {
      name: 'MODELS_URL_INTERVAL_MS',
      // With the jitter, and the time of a download, less than 15 s until every replica has it.
      help: 'Mean time between two checks of MODELS_URL.',
      fallback: 10_000,
    },
    { min: 100, max: hourMs },
  ),
  shadowModel: pathBelow(
    {
      name: 'SHADOW_MODEL',
      help: 'A second model, compared with the champion on the same pictures; see /disagreements.',
      fallback: undefined,
      fallbackText: 'none',
    },
    'the name of a version in the models folder, or the path of a model.safetensors below it',
  ),
  dataDir: text({
    name: 'DATA_DIR',
    help: 'The folder for stored feedback and your own models; created if it is missing.',
    fallback: undefined,
    fallbackText: 'the folder of this installation',
  }),
  feedbackUrl: postgresAddress({
    name: 'FEEDBACK_URL',
    help: 'The PostgreSQL database for feedback that several replicas share, with TLS options.',
    fallback: undefined,
    fallbackText: 'none: a SQLite file in DATA_DIR',
  }),
  feedbackPoolSize: wholeNumber(
    {
      name: 'FEEDBACK_POOL_SIZE',
      help: 'Maximum number of connections to FEEDBACK_URL.',
      fallback: 10,
    },
    { min: 2, max: 1000 },
  ),
  feedbackTimeoutMs: wholeNumber(
    {
      name: 'FEEDBACK_TIMEOUT_MS',
      help: 'Time limit for a connection to FEEDBACK_URL, and for each statement.',
      fallback: 5000,
    },
    { min: 1, max: hourMs },
  ),
  maxFeedbackBytes: wholeNumber(
    {
      name: 'MAX_FEEDBACK_BYTES',
      help: 'Maximum size of the stored feedback.',
      fallback: 1024 * mebibyte,
    },
    { min: mebibyte, max: 1024 * 1024 * mebibyte },
  ),
  logLevel: oneOf({ name: 'LOG_LEVEL', help: 'Minimum log level.', fallback: 'info' }, logLevels),
  apiKey: key({
    name: 'API_KEY',
    help: 'The key that clients must send as "Authorization: Bearer …" or "X-API-Key: …".',
    fallback: undefined,
    fallbackText: 'none: no key is required',
  }),
  rateLimit: wholeNumber(
    {
      name: 'RATE_LIMIT',
      help: 'Maximum number of requests per minute from one address; 0 means no limit.',
      fallback: undefined,
      fallbackText: '0 on loopback, 600 elsewhere',
    },
    countRange,
  ),
  allowedHosts: hostNames({
    name: 'ALLOWED_HOSTS',
    help: 'Additional host names that are accepted in the Host header of a request.',
    fallback: [],
    fallbackText: 'loopback names and HOST; on 0.0.0.0 and :: also IP addresses and this host name',
  }),
  corsOrigins: origins({
    name: 'CORS_ORIGIN',
    help: 'The origins of web pages that may send requests.',
    fallback: [],
    fallbackText: 'none',
  }),
  browserPage: oneOf(
    { name: 'BROWSER_PAGE', help: 'Whether GET / is a page to draw digits on.', fallback: 'on' },
    ['on', 'off'],
  ),
  batchThread: oneOf(
    {
      name: 'BATCH_THREAD',
      help: 'Whether batches of images have a thread of their own, where there is a processor for it.',
      fallback: 'on',
    },
    ['on', 'off'],
  ),
  narrowVectors: text({
    name: 'DIGITS_NO_REVECTORIZE',
    help: '1: use only 128-bit vectors in WebAssembly.',
    fallback: undefined,
    fallbackText: '256-bit ones where they pass a self-test',
  }),
  trustedProxies: wholeNumber(
    {
      name: 'TRUST_PROXY',
      help: 'Number of proxies in front of the service that set X-Forwarded-For.',
      fallback: 0,
    },
    { min: 0, max: 10 },
  ),
  maxFileBytes: wholeNumber(
    { name: 'MAX_FILE_BYTES', help: 'Maximum size of an upload.', fallback: 10 * mebibyte },
    { min: 1, max: 1024 * mebibyte },
  ),
  maxPixels: wholeNumber(
    {
      name: 'MAX_PIXELS',
      help: 'Maximum size of a picture, width times height.',
      fallback: 24_000_000,
    },
    { min: 1, max: 1_000_000_000 },
  ),
  maxConnections: wholeNumber(
    {
      name: 'MAX_CONNECTIONS',
      help: 'Maximum number of open connections; further ones are dropped. 0 means no limit.',
      fallback: 1000,
    },
    countRange,
  ),
  requestTimeoutMs: wholeNumber(
    {
      name: 'REQUEST_TIMEOUT_MS',
      // 10 MiB at 1.4 Mbit/s.
      help: 'Time limit for a whole request to arrive.',
      fallback: minuteMs,
    },
    { min: 1, max: hourMs },
  ),
  headersTimeoutMs: wholeNumber(
    {
      name: 'HEADERS_TIMEOUT_MS',
      help: 'Time limit for the headers of a request to arrive.',
      fallback: 10_000,
    },
    { min: 1, max: hourMs },
  ),
  keepAliveTimeoutMs: wholeNumber(
    {
      name: 'KEEP_ALIVE_TIMEOUT_MS',
      // Longer than the 60 s of load balancers, or they would send on a closed connection.
      help: 'How long an idle connection is kept open.',
      fallback: 72_000,
    },
    { min: 1, max: hourMs },
  ),
  handlerTimeoutMs: wholeNumber(
    {
      name: 'HANDLER_TIMEOUT_MS',
      help: 'Time limit for answering a request, from its headers on; more than REQUEST_TIMEOUT_MS.',
      fallback: minuteMs + 15_000,
    },
    { min: 1, max: 2 * hourMs },
  ),
  graceMs: wholeNumber(
    {
      name: 'GRACE_MS',
      help: 'Time limit for answering requests in flight after a signal.',
      fallback: 8000,
    },
    { min: 0, max: hourMs },
  ),
  maxEventLoopDelayMs: wholeNumber(
    {
      name: 'MAX_EVENT_LOOP_DELAY_MS',
      help: 'Event loop delay above which requests get a 503; 0 means no limit.',
      fallback: 1000,
    },
    { min: 0, max: hourMs },
  ),
  maxMemoryBytes: wholeNumber(
    {
      name: 'MAX_MEMORY_BYTES',
      help: 'Resident memory above which requests get a 503; 0 means no limit.',
      fallback: 1024 * mebibyte,
    },
    { min: 0, max: 1024 * 1024 * mebibyte },
  ),
} as const;
