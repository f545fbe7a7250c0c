import test from 'ava';
import { alignTable } from '../../../cli/shared/aligned-table.ts';

const rows = [
  ['', 'Images', 'F1'],
  ['zero', '5', '97.5 %'],
  ['one', '1,234', '–'],
];

test('names stand to the left, figures to the right, two blanks between columns', t => {
  t.is(
    alignTable(rows),
    ['      Images      F1', 'zero       5  97.5 %', 'one    1,234       –'].join('\n'),
  );
});

test('a style gets each cell padded, and where it stands', t => {
  const styled = alignTable(rows, (text, row, column) =>
    row === 1 && column === 1 ? `<${text}>` : text,
  );
  t.is(styled.split('\n')[1], 'zero  <     5>  97.5 %');
});
