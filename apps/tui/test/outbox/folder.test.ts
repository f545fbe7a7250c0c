import { homedir } from 'node:os';
import test from 'ava';
import { outboxFolder } from '../../src/outbox/folder.ts';

test('the outbox is in XDG_STATE_HOME', t => {
  t.is(outboxFolder({ XDG_STATE_HOME: '/var/state' }), '/var/state/digits/outbox');
});

for (const XDG_STATE_HOME of [undefined, '', 'relative/state']) {
  test(`with XDG_STATE_HOME=${XDG_STATE_HOME} it is in the home folder`, t => {
    t.is(outboxFolder({ XDG_STATE_HOME }), `${homedir()}/.local/state/digits/outbox`);
  });
}
