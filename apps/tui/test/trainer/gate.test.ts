import test from 'ava';
import { blocksPromotion } from '../../src/state/gate.ts';
import { parseGate } from '../../src/trainer/gate.ts';
import { passingGate, stoppingGate } from './gate-rows.ts';

const bad = { code: 'trainer-bad-output' } as const;

test('a table is taken as it is said', t => {
  const gate = parseGate(JSON.stringify(passingGate));
  t.like(gate, { version: 'fine-tune-1-0a1b2c3d', champion: 'standard-1-7f162361', passes: true });
  t.is(gate.rows.length, passingGate.rows.length);
  t.like(gate.rows[0], { name: 'corrections held out', champion: 20, challenger: 100 });
  t.deepEqual(gate.rows.filter(blocksPromotion), []);
});

test('what stops it is worse and matters', t => {
  const { rows } = parseGate(JSON.stringify(stoppingGate));
  t.deepEqual(
    rows.filter(blocksPromotion).map(({ name }) => name),
    ['MNIST validation images'],
  );
});

test('where there is nothing to compare with, there are no figures of a champion', t => {
  const rows = [{ ...passingGate.rows[0], champion: null }];
  const gate = parseGate(JSON.stringify({ ...passingGate, champion: null, rows }));
  t.is(gate.champion, undefined);
  t.is(gate.rows[0]?.champion, undefined);
});

test('no text of a table can steer the terminal', t => {
  const why = '\u{1b}[2Jgood\nnews';
  const rows = [{ ...passingGate.rows[0], name: '\u{1b}[31mred', why }];
  const gate = parseGate(JSON.stringify({ ...passingGate, why, champion: '\u{9b}x', rows }));
  t.is(gate.why, '[2Jgood news');
  t.is(gate.champion, 'x');
  t.like(gate.rows[0], { name: '[31mred', why: '[2Jgood news' });
});

const lies: Readonly<Record<string, object>> = {
  'of another type': { type: 'done' },
  'with a version that is an option': { version: '--force' },
  'with a version that leads elsewhere': { version: '../../v' },
  'without rows': { rows: null },
  'with a row that is none': { rows: [7] },
  'with a figure that is text': { rows: [{ ...passingGate.rows[0], challenger: '99' }] },
  'with a verdict of its own': { rows: [{ ...passingGate.rows[0], verdict: 'splendid' }] },
  'with more rows than there are figures': { rows: Array(501).fill(passingGate.rows[0]) },
  'that does not say whether it passes': { passes: 'yes' },
};

for (const [which, change] of Object.entries(lies)) {
  test(`a table ${which} is none`, t => {
    t.throws(() => parseGate(JSON.stringify({ ...passingGate, ...change })), bad);
  });
}

for (const line of ['', 'null', '[]', '{', '"gate"']) {
  test(`${JSON.stringify(line)} is no table`, t => {
    t.throws(() => parseGate(line), bad);
  });
}
