import { homedir } from 'node:os';
import test from 'ava';
import { outboxFolder } from '../../src/outbox/folder.ts';

test('the outbox is in XDG_STATE_HOME', t => {
  t.is(outboxFolder({ XDG_STATE_HOME: '/var/state' }), '/var/state/digits/outbox');
});

for (const folder of [undefined, '', 'relative/state']) {
  test(`with XDG_STATE_HOME=${folder} it is in the home folder`, t => {
    t.is(outboxFolder({ XDG_STATE_HOME: folder }), `${homedir()}/.local/state/digits/outbox`);
  });
}
