import test from 'ava';
import { basicAuthorization, shownAddress } from '../src/address.ts';

test('an address is shown without user and password', t => {
  t.is(shownAddress('http://user:p%40ss@host:8000/a@b'), 'http://host:8000/a@b');
  t.is(shownAddress('https://user@host/?q=@'), 'https://host/?q=@');
  t.is(shownAddress('postgres://user:p@ss@host'), 'postgres://host');
  for (const text of ['http://host/user:password@', 'folder/a@b.tar', 'default', '']) {
    t.is(shownAddress(text), text);
  }
});

test('a user and a password are decoded, and encoded as UTF-8 in Base64', t => {
  const address = new URL('http://us%3Ae%20r:gr%C3%BC%C3%9Fe@host');
  const text = Buffer.from('us:e r:grüße').toString('base64');
  t.is(basicAuthorization(address), `Basic ${text}`);
  t.is(basicAuthorization(new URL('http://user@host')), `Basic ${btoa('user:')}`);
  t.is(basicAuthorization(new URL('http://host')), undefined);
});
