import test from 'ava';
import fc from 'fast-check';
import { scanNumberArray } from '../../src/open-inference/number-array.ts';

const scan = (json: string, maxValues = 1000) => scanNumberArray(Buffer.from(json), 0, maxValues);

/** Whether two arrays are of the same bits, so that -0 is not 0. */
function isSame(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, i) => Object.is(value, other[i]));
}

const whole = fc.oneof(fc.constant('0'), fc.bigInt({ min: 1n, max: 10n ** 30n }).map(String));
const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 });
const anyNumber = fc
  .tuple(
    fc.constantFrom('', '-'),
    whole,
    fc.option(
      digits.map(array => `.${array.join('')}`),
      { nil: '' },
    ),
    fc.option(
      fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-', 'E-'), fc.nat(60)).map(pair => pair.join('')),
      { nil: '', freq: 4 },
    ),
  )
  .map(parts => parts.join(''));

const nearMiddle = fc
  .tuple(fc.float({ min: Math.fround(1e-7), max: 1, noNaN: true }), fc.integer({ min: -3, max: 3 }))
  .map(([value, step]) => {
    const bits = new Int32Array(Float32Array.of(value).buffer)[0]! + 1;
    const next = new Float32Array(Int32Array.of(bits).buffer)[0]!;
    const middle = (value + next) / 2;
    return String(middle + step * middle * 2 ** -53);
  });

const written = fc.oneof(
  anyNumber,
  nearMiddle,
  fc.float({ min: 0, max: 1, noNaN: true }).map(value => JSON.stringify(value)),
  fc.double({ min: 0, max: 1, noNaN: true }).map(value => JSON.stringify(value)),
);

const space = fc.constantFrom('', '', ' ', '\n', '\t\r ');

test('numbers are read as JSON.parse reads them, to the last bit of 32', t => {
  const arrays = fc.array(fc.tuple(space, written, space), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(arrays, parts => {
      const json = `[${parts.map(part => part.join('')).join(',')}]`;
      const found = scan(`${json}]}`);
      t.is(found?.end, json.length);
      t.deepEqual(found?.dimensions, [parts.length]);
      t.true(isSame(found!.values, Float32Array.from(JSON.parse(json))), json);
    }),
    { numRuns: 2000 },
  );
});

test('what is damaged is left to JSON.parse, and never read otherwise than it would', t => {
  const damaged = fc.tuple(
    fc.array(written, { minLength: 1, maxLength: 5 }),
    fc.nat(200),
    fc.constantFrom('', ',', '[', ']', '-', '.', 'e', '0', 'x', '"', ' ', '+'),
  );
  fc.assert(
    fc.property(damaged, ([numbers, at, insert]) => {
      const json = `[${numbers}]`;
      const cut = at % json.length;
      const text = json.slice(0, cut) + insert + json.slice(cut + 1);
      const found = text.startsWith('[') ? scan(text) : null;
      if (!found) return;
      const parsed = JSON.parse(text.slice(0, found.end)).flat(9);
      t.true(isSame(found.values, Float32Array.from(parsed)), text);
    }),
    { numRuns: 3000 },
  );
});

test('nested arrays have the lengths of every level', t => {
  const found = scan('[ [[1,2,3],[4,5,6]] , [[7,8,9],[10,11,12]] ]');
  t.deepEqual(found?.dimensions, [2, 2, 3]);
  t.deepEqual([...found!.values], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

for (const [what, json] of [
  ['an empty array', '[]'],
  ['an empty inner array', '[[]]'],
  ['a ragged array', '[[1,2],[3]]'],
  ['numbers beside arrays', '[1,[2]]'],
  ['arrays beside numbers', '[[1],2]'],
  ['five levels', '[[[[[1]]]]]'],
  ['a text', '["1"]'],
  ['null', '[null]'],
  ['a leading zero', '[01]'],
  ['a bare minus', '[-]'],
  ['a point without digits', '[1.]'],
  ['an exponent without digits', '[1e]'],
  ['a comma at the end', '[1,]'],
  ['two commas', '[1,,2]'],
  ['no end', '[1,2'],
  ['nothing', ''],
] as const) {
  test(`${what} is not taken`, t => t.is(scan(json), null));
}

test('as many numbers are taken as are allowed, and not one more', t => {
  t.truthy(scan('[1,2,3]', 3));
  t.is(scan('[1,2,3]', 2), null);
});
