import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { side } from '../../../src/evaluation/corruptions/corruption.ts';
import { dottedLine, zigzag } from '../../../src/evaluation/corruptions/lines.ts';
import { pictureWhere } from './draw.ts';

const dark = pictureWhere(() => false);
const grey = pictureWhere(() => true, 100);

/** The brightest pixel of every column. */
function profileOf(picture: Uint8Array): number[] {
  return Array.from({ length: side }, (_, x) =>
    Math.max(...Array.from({ length: side }, (_, y) => picture[y * side + x]!)),
  );
}

for (const [name, corrupt] of Object.entries({ dottedLine, zigzag })) {
  test(`${name} only adds light`, t => {
    for (const seed of [1, 2, 3, 4, 5]) {
      t.true(corrupt(grey, new Random(seed)).every(value => value >= 100));
    }
  });
}

test('a dotted line crosses the image, two columns off and two on', t => {
  for (const seed of [1, 2, 3, 5, 7]) {
    const profile = profileOf(dottedLine(dark, new Random(seed)));
    const isLit = profile.map(value => value > 150);
    t.deepEqual(
      isLit.slice(0, 27),
      Array.from({ length: 27 }, (_, x) => x % 4 >= 2),
    );
  }
});

test('a zigzag runs from column 2 to column 25 and goes up and down', t => {
  let turns = 0;
  for (const seed of [1, 2, 3, 5, 7]) {
    const picture = zigzag(dark, new Random(seed));
    const profile = profileOf(picture);
    t.true(profile.every((value, x) => (x >= 1 && x <= 26) || value === 0));
    const rows = Array.from({ length: 21 }, (_, i) => {
      const column = Array.from({ length: side }, (_, y) => picture[y * side + i + 4]!);
      return column.indexOf(Math.max(...column));
    });
    const steps = rows.slice(1).map((row, i) => Math.sign(row - rows[i]!));
    const ways = steps.filter(step => step !== 0);
    turns += ways.filter((step, i) => step * (ways[i + 1] ?? step) < 0).length;
  }
  t.true(turns > 20, `${turns}`);
});
