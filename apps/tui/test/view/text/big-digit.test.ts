import test from 'ava';
import { bigDigitRows, bigDigitSize } from '../../../src/view/text/big-digit.ts';

test('every digit has its own rows, of one size', t => {
  for (const scale of [1, 2, 3]) {
    const { columns, rows } = bigDigitSize(scale);
    const bigDigits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, null].map(digit =>
      bigDigitRows(digit, scale, 'unicode'),
    );
    for (const rowsOfDigit of bigDigits) {
      t.is(rowsOfDigit.length, rows);
      for (const row of rowsOfDigit) t.is(row.length, columns);
    }
    t.is(new Set(bigDigits.map(each => each.join())).size, 11);
  }
});

test('without a digit the rows are empty', t => {
  t.deepEqual(bigDigitRows(undefined, 1, 'unicode'), Array(7).fill(' '.repeat(10)));
});

test('a seven is a seven, in blocks and in ASCII', t => {
  t.is(bigDigitRows(7, 1, 'unicode')[0], '██████████');
  t.is(bigDigitRows(7, 1, 'ascii')[1], '        ##');
});
