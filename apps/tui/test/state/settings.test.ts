import test from 'ava';
import fc from 'fast-check';
import {
  DEFAULT_SETTINGS,
  isServiceUrl,
  parseSettings,
  type Settings,
} from '../../src/state/settings.ts';

const CHOSEN: Settings = {
  apiUrl: 'https://digits.example:8443/api',
  isLive: false,
  theme: 'light',
  isExplaining: true,
  practiceConsent: 'given',
};

test('settings are read as they were written', t => {
  t.deepEqual(parseSettings(JSON.parse(JSON.stringify(CHOSEN))), CHOSEN);
  t.deepEqual(parseSettings(JSON.parse(JSON.stringify(DEFAULT_SETTINGS))), DEFAULT_SETTINGS);
});

test('a field that is wrong has its usual value, and the others stand', t => {
  for (const wrong of [
    { apiUrl: 'ftp://h' },
    { isLive: 'no' },
    { theme: 'pink' },
    { isExplaining: 1 },
    { practiceConsent: true },
  ]) {
    const [name] = Object.keys(wrong) as (keyof Settings)[];
    const expected = { ...CHOSEN, [name!]: DEFAULT_SETTINGS[name!] };
    t.deepEqual(parseSettings({ ...CHOSEN, ...wrong }), expected);
  }
});

test('whatever JSON comes, there are settings', t => {
  const property = fc.property(fc.jsonValue(), value => {
    t.deepEqual(Object.keys(parseSettings(value)), Object.keys(DEFAULT_SETTINGS));
  });
  fc.assert(property);
});

test('an address is http or https and printable', t => {
  t.true(isServiceUrl('http://127.0.0.1:8000'));
  for (const text of ['', 'nowhere', 'file:///etc', 'http://a b', `http://${'a'.repeat(400)}`]) {
    t.false(isServiceUrl(text), text);
  }
});
