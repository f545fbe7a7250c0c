import type { GateVerdict } from '@digits/protocol';
import test from 'ava';
import type { GateRow } from '../../../src/evaluation/gate/gate-row.ts';
import { explainOutcome, figuresOf } from '../../../src/evaluation/gate/outcome.ts';

function row(name: string, verdict: GateVerdict, matters = true): GateRow {
  const figures = { champion: 99.123456789, challenger: 99, unit: '%' } as const;
  return { name, group: 'test', ...figures, verdict, matters, why: '' };
}

test('a row that matters and is worse stops the promotion and is named', t => {
  const rows = [row('zigzag', 'better'), row('test images', 'worse'), row('speed', 'worse', false)];
  t.deepEqual(explainOutcome(rows), { passes: false, why: 'worse: test images' });
});

test('a row that does not matter may be worse, and better rows are named', t => {
  const rows = [
    row('corrections', 'better'),
    row('test images', 'same'),
    row('speed', 'worse', false),
  ];
  t.deepEqual(explainOutcome(rows), {
    passes: true,
    why: 'nothing that matters is worse; better: corrections',
  });
});

test('the history gets every figure by its name, with six digits', t => {
  t.deepEqual(figuresOf([row('test images', 'same'), { ...row('none', 'same'), champion: null }]), {
    'test images': { champion: 99.1235, challenger: 99, unit: '%' },
    none: { champion: null, challenger: 99, unit: '%' },
  });
});
