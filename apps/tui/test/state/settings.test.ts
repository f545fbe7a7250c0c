import test from 'ava';
import fc from 'fast-check';
import {
  defaultSettings,
  isServiceUrl,
  parseSettings,
  type Settings,
} from '../../src/state/settings.ts';

const chosen: Settings = {
  apiUrl: 'https://digits.example:8443/api',
  isLive: false,
  theme: 'light',
  isExplaining: true,
  practiceConsent: 'given',
};

test('settings survive a round trip', t => {
  t.deepEqual(parseSettings(JSON.parse(JSON.stringify(chosen))), chosen);
  t.deepEqual(parseSettings(JSON.parse(JSON.stringify(defaultSettings))), defaultSettings);
});

test('an invalid field has its default, and the others are kept', t => {
  for (const wrong of [
    { apiUrl: 'ftp://h' },
    { isLive: 'no' },
    { theme: 'pink' },
    { isExplaining: 1 },
    { practiceConsent: true },
  ]) {
    const [name] = Object.keys(wrong) as (keyof Settings)[];
    const expected = { ...chosen, [name!]: defaultSettings[name!] };
    t.deepEqual(parseSettings({ ...chosen, ...wrong }), expected);
  }
});

test('any JSON gives settings', t => {
  const property = fc.property(fc.jsonValue(), value => {
    t.deepEqual(Object.keys(parseSettings(value)), Object.keys(defaultSettings));
  });
  fc.assert(property);
});

test('an address is http or https and printable', t => {
  t.true(isServiceUrl('http://127.0.0.1:8000'));
  for (const text of ['', 'nowhere', 'file:///etc', 'http://a b', `http://${'a'.repeat(400)}`]) {
    t.false(isServiceUrl(text), text);
  }
});
