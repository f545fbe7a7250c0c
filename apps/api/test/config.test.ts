import { isAbsolute } from 'node:path';
import test from 'ava';
import { ConfigError, readConfig } from '../src/config.ts';

test('without any variable, the service listens on loopback, port 8000', t => {
  const { modelsDir, ...config } = readConfig({});
  t.true(isAbsolute(modelsDir));
  t.regex(modelsDir, /[\\/]models$/);
  t.deepEqual(config, {
    host: '127.0.0.1',
    port: 8000,
    logLevel: 'info',
    maxFileBytes: 10_485_760,
    maxPixels: 24_000_000,
  });
});

test('every variable is heeded', t => {
  const config = readConfig({
    HOST: '::1',
    PORT: '0',
    MODELS_DIR: '/elsewhere',
    LOG_LEVEL: 'silent',
    MAX_FILE_BYTES: '1',
    MAX_PIXELS: '784',
  });
  t.deepEqual(config, {
    host: '::1',
    port: 0,
    modelsDir: '/elsewhere',
    logLevel: 'silent',
    maxFileBytes: 1,
    maxPixels: 784,
  });
});

test('an empty variable is as good as none', t => {
  t.deepEqual(readConfig({ PORT: '', HOST: '', LOG_LEVEL: '' }), readConfig({}));
});

for (const port of ['banana', '-1', '65536', '80.5', '1e3', ' 80', '0x50']) {
  test(`PORT="${port}" is a mistake`, t => {
    const error = t.throws(() => readConfig({ PORT: port }), { instanceOf: ConfigError });
    t.is(error?.code, 'invalid-config');
    t.deepEqual(error?.mistakes, [`PORT must be a whole number from 0 to 65535, not "${port}".`]);
  });
}

test('every mistake is named', t => {
  const wrong = { PORT: 'x', LOG_LEVEL: 'loud', MAX_FILE_BYTES: '0', MAX_PIXELS: '0' };
  const error = t.throws(() => readConfig(wrong), { instanceOf: ConfigError });
  t.deepEqual(
    error?.mistakes.map(mistake => mistake.split(' ')[0]),
    ['PORT', 'LOG_LEVEL', 'MAX_FILE_BYTES', 'MAX_PIXELS'],
  );
});
