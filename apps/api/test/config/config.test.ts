// The configuration from variables and from the command line.

import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { readCommandLine } from '../../src/config/command-line.ts';
import { readConfig } from '../../src/config/config.ts';
import { ServiceError } from '../../src/service-error.ts';

test('the defaults are loopback and all limits', t => {
  const { modelsFolder, dataDir, ...config } = readConfig({});
  const shipped = fileURLToPath(new URL('../../../../models', import.meta.url));
  t.deepEqual(modelsFolder, { own: join(dataDir, 'models'), shipped });
  t.true(isAbsolute(dataDir));
  t.regex(dataDir, /[\\/]data$/);
  t.deepEqual(config, {
    host: '127.0.0.1',
    port: 8000,
    workers: 1,
    logLevel: 'info',
    apiKey: undefined,
    rateLimit: 0,
    allowedHosts: [],
    corsOrigins: [],
    browserPage: 'on',
    batchThread: 'on',
    wideVectors: true,
    trustedProxies: 0,
    modelsDir: undefined,
    feedbackUrl: undefined,
    feedbackPoolSize: 10,
    feedbackTimeoutMs: 5000,
    modelsUrl: undefined,
    modelsUrlIntervalMs: 10_000,
    shadowModel: undefined,
    maxFeedbackBytes: 1_073_741_824,
    maxFileBytes: 10_485_760,
    maxPixels: 24_000_000,
    maxConnections: 1000,
    requestTimeoutMs: 60_000,
    headersTimeoutMs: 10_000,
    keepAliveTimeoutMs: 72_000,
    handlerTimeoutMs: 75_000,
    graceMs: 8000,
    maxEventLoopDelayMs: 1000,
    maxMemoryBytes: 1_073_741_824,
  });
});

test('every variable is read', t => {
  const config = readConfig({
    HOST: '::1',
    PORT: '0',
    MODELS_DIR: '/elsewhere',
    SHADOW_MODEL: 'fine-tune-1-0f1e2d3c',
    DATA_DIR: '/var/digits',
    LOG_LEVEL: 'silent',
    API_KEY: 'a-key-of-16-chars',
    RATE_LIMIT: '2',
    ALLOWED_HOSTS: 'Digits.example., .a.example,*.b.example, [FD00:0::1], fd00::2',
    CORS_ORIGIN: 'https://a.example, http://localhost:3000',
    BROWSER_PAGE: 'off',
    BATCH_THREAD: 'off',
    DIGITS_NO_REVECTORIZE: '1',
    MODELS_URL: 'https://reader:secret@models.example/digits',
    MODELS_URL_INTERVAL_MS: '100',
    FEEDBACK_URL: 'postgres://writer:secret@db.example/digits?sslmode=verify-full',
    FEEDBACK_POOL_SIZE: '2',
    FEEDBACK_TIMEOUT_MS: '31',
    WORKERS: '3',
    TRUST_PROXY: '3',
    MAX_FEEDBACK_BYTES: '1048576',
    MAX_FILE_BYTES: '1',
    MAX_PIXELS: '784',
    MAX_CONNECTIONS: '5',
    REQUEST_TIMEOUT_MS: '7',
    HEADERS_TIMEOUT_MS: '11',
    KEEP_ALIVE_TIMEOUT_MS: '13',
    HANDLER_TIMEOUT_MS: '17',
    GRACE_MS: '19',
    MAX_EVENT_LOOP_DELAY_MS: '23',
    MAX_MEMORY_BYTES: '29',
  });
  t.deepEqual(config, {
    host: '::1',
    port: 0,
    modelsDir: '/elsewhere',
    feedbackUrl: new URL('postgres://writer:secret@db.example/digits?sslmode=verify-full'),
    feedbackPoolSize: 2,
    feedbackTimeoutMs: 31,
    workers: 3,
    modelsUrl: new URL('https://reader:secret@models.example/digits'),
    modelsUrlIntervalMs: 100,
    modelsFolder: { own: join('/var/digits', 'remote-models'), shipped: '/elsewhere' },
    shadowModel: 'fine-tune-1-0f1e2d3c',
    dataDir: '/var/digits',
    logLevel: 'silent',
    apiKey: 'a-key-of-16-chars',
    rateLimit: 2,
    allowedHosts: ['digits.example', '.a.example', '*.b.example', '[fd00::1]', '[fd00::2]'],
    corsOrigins: ['https://a.example', 'http://localhost:3000'],
    browserPage: 'off',
    batchThread: 'off',
    wideVectors: false,
    trustedProxies: 3,
    maxFeedbackBytes: 1_048_576,
    maxFileBytes: 1,
    maxPixels: 784,
    maxConnections: 5,
    requestTimeoutMs: 7,
    headersTimeoutMs: 11,
    keepAliveTimeoutMs: 13,
    handlerTimeoutMs: 17,
    graceMs: 19,
    maxEventLoopDelayMs: 23,
    maxMemoryBytes: 29,
  });
});

test('an empty variable has its default', t => {
  t.deepEqual(readConfig({ PORT: '', HOST: '', LOG_LEVEL: '', API_KEY: '' }), readConfig({}));
});

for (const [host, rateLimit] of [
  ['127.0.0.1', 0],
  ['127.8.8.8', 0],
  ['::1', 0],
  ['localhost', 0],
  ['0.0.0.0', 600],
  ['::', 600],
  ['127.0.0.1.example.org', 600],
] as const) {
  test(`on ${host}, the default rate limit is ${rateLimit}`, t => {
    t.is(readConfig({ HOST: host }).rateLimit, rateLimit);
    t.is(readConfig({ HOST: host, RATE_LIMIT: '0' }).rateLimit, 0);
  });
}

for (const port of ['banana', '-1', '65536', '80.5', '1e3', ' 80', '0x50']) {
  test(`PORT="${port}" is invalid`, t => {
    const error = t.throws(() => readConfig({ PORT: port }), { instanceOf: ServiceError });
    t.is(error?.code, 'invalid-config');
    t.is(error?.message, `PORT must be a whole number from 0 to 65535, not "${port}".`);
  });
}

for (const origin of ['example.org', 'https://example.org/', 'https://a.example,', 'file://x']) {
  test(`CORS_ORIGIN="${origin}" is invalid`, t => {
    t.throws(() => readConfig({ CORS_ORIGIN: origin }), { instanceOf: ServiceError });
  });
}

test('ALLOWED_HOSTS may allow every name', t => {
  t.deepEqual(readConfig({ ALLOWED_HOSTS: '*' }).allowedHosts, ['*']);
});

for (const name of [
  'a.example:8000',
  'a.example,',
  'https://a.example',
  '*.',
  '*,a',
  'a*',
  '.::1',
]) {
  test(`ALLOWED_HOSTS="${name}" is invalid`, t => {
    t.throws(() => readConfig({ ALLOWED_HOSTS: name }), { instanceOf: ServiceError });
  });
}

test('SHADOW_MODEL may be a path below MODELS_DIR', t => {
  const path = 'trials/fine-tune-1/model.safetensors';
  t.is(readConfig({ SHADOW_MODEL: path }).shadowModel, path);
});

for (const path of ['../models', '/models/a', 'a/../../b', 'a//b', '.hidden', 'a/', 'a\\b']) {
  test(`SHADOW_MODEL="${path}" is invalid`, t => {
    t.throws(() => readConfig({ SHADOW_MODEL: path }), { instanceOf: ServiceError });
  });
}

for (const address of ['models', 'ftp://a', 'https://a/?b', 'https://a/#b', 'https://%zz@a']) {
  test(`MODELS_URL="${address}" is invalid, and its value is not repeated`, t => {
    const error = t.throws(() => readConfig({ MODELS_URL: address }), { instanceOf: ServiceError });
    t.false(error?.message.includes(`"${address}"`));
  });
}

for (const address of ['digits', 'mysql://a/b', 'postgres://a', 'postgres://a/b?sslmode=x']) {
  test(`FEEDBACK_URL="${address}" is invalid, and its value is not repeated`, t => {
    const error = t.throws(() => readConfig({ FEEDBACK_URL: address }), {
      instanceOf: ServiceError,
    });
    t.false(error?.message.includes(`"${address}"`));
  });
}

for (const key of ['a key with spaces in it', 'ein-Schlüssel-mit-ü']) {
  test(`an invalid API key is reported without its value: ${key}`, t => {
    const error = t.throws(() => readConfig({ API_KEY: key }), { instanceOf: ServiceError });
    t.is(error?.message, 'API_KEY must be 1 to 256 visible ASCII characters without spaces.');
  });
}

test('the handler timeout must exceed the request timeout', t => {
  const wrong = { REQUEST_TIMEOUT_MS: '500', HANDLER_TIMEOUT_MS: '500' };
  const error = t.throws(() => readConfig(wrong), { instanceOf: ServiceError });
  t.is(error?.message, 'HANDLER_TIMEOUT_MS must be more than REQUEST_TIMEOUT_MS.');
});

test('every invalid variable is reported', t => {
  const wrong = { PORT: 'x', LOG_LEVEL: 'loud', MAX_FILE_BYTES: '0', MAX_PIXELS: '0' };
  const error = t.throws(() => readConfig(wrong), { instanceOf: ServiceError });
  t.deepEqual(
    error?.message.split('\n').map(line => line.split(' ')[0]),
    ['PORT', 'LOG_LEVEL', 'MAX_FILE_BYTES', 'MAX_PIXELS'],
  );
});

test('without arguments the service starts', t => {
  t.is(readCommandLine([]), undefined);
});

test('--help names every variable with its default', t => {
  const { text = '', exitCode } = readCommandLine(['--help']) ?? {};
  t.is(exitCode, 0);
  for (const name of ['HOST', 'PORT', 'API_KEY', 'SHADOW_MODEL', 'GRACE_MS'])
    t.true(text.includes(`\n  ${name}\n`));
  t.true(text.includes('Value: a whole number from 0 to 65535. Default: 8000.'));
});

test('--version is a version', t => {
  t.regex(readCommandLine(['--version'])?.text ?? '', /^\d+\.\d+\.\d+$/);
});

for (const args of [['--port', '80'], ['serve'], ['--help=yes']]) {
  test(`${args.join(' ')} is invalid`, t => {
    t.is(readCommandLine(args)?.exitCode, 2);
  });
}
