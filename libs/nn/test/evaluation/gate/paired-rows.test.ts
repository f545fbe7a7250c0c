import type { GateVerdict } from '@digits/protocol';
import test from 'ava';
import type { RowGroup } from '../../../src/evaluation/gate/gate-row.ts';
import { pairedRows } from '../../../src/evaluation/gate/paired-rows.ts';
import { range, resultOf } from './set-results.ts';

interface Case {
  readonly title: string;
  readonly group: RowGroup;
  readonly count: number;
  /** images that only the challenger classifies correctly, and only the champion */
  readonly gained: number;
  readonly lost: number;
  readonly verdict: GateVerdict;
}

const cases: readonly Case[] = [
  {
    title: 'the same predictions',
    group: 'test',
    count: 5003,
    gained: 0,
    lost: 0,
    verdict: 'same',
  },
  {
    title: 'as much gained as lost',
    group: 'test',
    count: 5003,
    gained: 40,
    lost: 40,
    verdict: 'same',
  },
  {
    title: 'a tenth of a point lost',
    group: 'test',
    count: 10_000,
    gained: 30,
    lost: 40,
    verdict: 'same',
  },
  {
    title: 'one image more lost',
    group: 'test',
    count: 10_000,
    gained: 30,
    lost: 41,
    verdict: 'worse',
  },
  {
    title: 'little lost, and nothing gained',
    group: 'test',
    count: 10_000,
    gained: 0,
    lost: 6,
    verdict: 'worse',
  },
  {
    title: 'as little gained',
    group: 'test',
    count: 10_000,
    gained: 6,
    lost: 0,
    verdict: 'better',
  },
  {
    title: 'one of few images lost',
    group: 'test',
    count: 199,
    gained: 0,
    lost: 1,
    verdict: 'same',
  },
  {
    title: 'many of few images lost',
    group: 'test',
    count: 199,
    gained: 0,
    lost: 11,
    verdict: 'worse',
  },
  { title: 'six lost', group: 'validation', count: 5000, gained: 9, lost: 15, verdict: 'worse' },
  {
    title: 'what seeds differ by',
    group: 'corruption',
    count: 10_000,
    gained: 300,
    lost: 490,
    verdict: 'same',
  },
  {
    title: 'more than seeds differ by',
    group: 'corruption',
    count: 10_000,
    gained: 300,
    lost: 510,
    verdict: 'worse',
  },
  {
    title: 'two points by chance',
    group: 'drawings',
    count: 199,
    gained: 5,
    lost: 10,
    verdict: 'same',
  },
  { title: 'ten points', group: 'drawings', count: 199, gained: 2, lost: 22, verdict: 'worse' },
  {
    title: 'below 99 % by chance',
    group: 'styles',
    count: 300,
    gained: 0,
    lost: 5,
    verdict: 'same',
  },
  {
    title: 'below 99 % by more than chance',
    group: 'styles',
    count: 300,
    gained: 0,
    lost: 6,
    verdict: 'worse',
  },
  {
    title: 'above 99 % in spite of losses',
    group: 'styles',
    count: 607,
    gained: 0,
    lost: 6,
    verdict: 'same',
  },
  {
    title: 'below 99 %, but better',
    group: 'styles',
    count: 300,
    gained: 20,
    lost: 5,
    verdict: 'better',
  },
  {
    title: 'one correction less',
    group: 'corrections',
    count: 7,
    gained: 1,
    lost: 2,
    verdict: 'worse',
  },
  {
    title: 'one correction more',
    group: 'corrections',
    count: 7,
    gained: 1,
    lost: 0,
    verdict: 'better',
  },
  {
    title: 'other corrections',
    group: 'corrections',
    count: 7,
    gained: 2,
    lost: 2,
    verdict: 'same',
  },
];

for (const { title, group, count, gained, lost, verdict } of cases) {
  test(`${title}, ${group} of ${count}: ${verdict}`, t => {
    const champion = resultOf(group, count, range(0, gained));
    const challenger = resultOf(group, count, range(gained, gained + lost));
    const [row] = pairedRows([champion], [challenger]);
    t.like(row, { group, verdict, matters: true, unit: '%' });
    t.regex(row!.why, new RegExp(`^${gained} gained, ${lost} lost of `));
    t.is(row!.challenger, (100 * (count - lost)) / count);
  });
}

test('one of many corruptions that is worse by chance counts as the same', t => {
  const names = range(0, 13).map(i => `corruption ${i}`);
  const champion = names.map(name => resultOf('corruption', 199, [], name));
  const lost = (name: string) => (name === names[3] ? range(0, 6) : []);
  const challenger = names.map(name => resultOf('corruption', 199, lost(name), name));
  t.is(pairedRows(champion.slice(3, 4), challenger.slice(3, 4))[0]!.verdict, 'worse');
  t.true(pairedRows(champion, challenger).every(({ verdict }) => verdict === 'same'));
});

test('a p-value is given as the test has it and as adjusted for all sets of its group', t => {
  const names = range(0, 12).map(i => `corruption ${i}`);
  const champion = names.map(name =>
    resultOf('corruption', 5003, name === names[3] ? range(0, 28) : [], name),
  );
  const challenger = names.map(name =>
    resultOf('corruption', 5003, name === names[3] ? range(28, 40) : [], name),
  );
  const why = '28 gained, 12 lost of 5,003; p = 0.017';
  t.is(pairedRows(champion, challenger)[3]!.why, `${why}, adjusted 0.20 (Holm, 12 sets)`);
  t.is(pairedRows(champion.slice(3, 4), challenger.slice(3, 4))[0]!.why, why);
});

test('a style family is worse by its own p-value, for any number of families', t => {
  const names = range(0, 31).map(i => `style ${i}`);
  const champion = names.map(name => resultOf('styles', 300, [], name));
  const lost = (name: string) => (name === names[3] ? range(0, 6) : []);
  const challenger = names.map(name => resultOf('styles', 300, lost(name), name));
  const rows = pairedRows(champion, challenger);
  const why = '0 gained, 6 lost of 300; p = 0.031, adjusted 0.97 (Holm, 31 sets), and below 99 %';
  t.like(rows[3], { verdict: 'worse', why });
  t.like(rows.at(-1), { name: 'all styles', verdict: 'same' });
});

test('a p-value that rounds to nothing is given as below 0.001', t => {
  const [champion, challenger] = [resultOf('test', 5003, range(0, 90)), resultOf('test', 5003, [])];
  t.is(pairedRows([champion], [challenger])[0]!.why, '90 gained, 0 lost of 5,003; p < 0.001');
});

test('a small loss on every corruption is worse for all of them together', t => {
  const names = range(0, 5).map(i => `corruption ${i}`);
  const champion = names.map(name => resultOf('corruption', 5003, [], name));
  const challenger = names.map(name => resultOf('corruption', 5003, range(0, 60), name));
  const rows = pairedRows(champion, challenger);
  t.deepEqual(
    rows.map(({ verdict }) => verdict),
    [...names.map(() => 'same'), 'worse'],
  );
  t.like(rows.at(-1), {
    name: 'all corruptions',
    why: '0 gained, 300 lost of 25,015; tolerated: 1.0 points',
  });
});

test('without a champion every set has a row, and none stops a promotion', t => {
  const rows = pairedRows(null, [resultOf('test', 199, [5]), resultOf('no-digits', 97)]);
  t.deepEqual(rows, [
    {
      name: 'test of 199',
      group: 'test',
      champion: null,
      challenger: (100 * 198) / 199,
      unit: '%',
      verdict: 'same',
      matters: false,
      why: 'nothing to compare with',
    },
  ]);
});
