import test from 'ava';
import { readCardTables } from '../../src/report/card-tables.ts';

test('tables are read with the heading they stand under, whatever is around them', t => {
  const card =
    '# name\n\n## Data\n\ntext\n\n| File | SHA |\n| --- | --- |\n| a | `0` |\n\n## Training\n|  |  |\n| --- | --- |\n| seed | 1 |\n| note | a \\| b |\n';
  t.deepEqual(readCardTables(card), [
    { section: 'Data', head: ['File', 'SHA'], rows: [['a', '`0`']] },
    {
      section: 'Training',
      head: ['', ''],
      rows: [
        ['seed', '1'],
        ['note', 'a | b'],
      ],
    },
  ]);
});

test('a text without tables has none', t => {
  t.deepEqual(readCardTables(''), []);
  t.deepEqual(readCardTables('## Data\ntext | more\n'), []);
});
