import test from 'ava';
import fc from 'fast-check';
import { gesturesFromJson, gesturesToJson } from '../src/gesture-file.ts';
import { gestures } from './arbitraries.ts';

test('gestures written as JSON are read as they were', t => {
  const property = fc.property(fc.array(gestures, { maxLength: 5 }), drawn => {
    // JSON has no negative zero.
    const plain = JSON.parse(JSON.stringify(drawn));
    t.deepEqual(gesturesFromJson(JSON.parse(JSON.stringify(gesturesToJson(drawn)))), plain);
  });
  fc.assert(property);
});

test('whatever JSON comes, it is read or refused with a code', t => {
  const property = fc.property(fc.jsonValue(), value => {
    for (const document of [value, { format: 'digits-gestures/1', gestures: [value] }]) {
      try {
        gesturesFromJson(document);
      } catch (error) {
        t.like(error, { code: 'CANVAS_GESTURES' });
      }
    }
  });
  fc.assert(property);
});

const stroke = { kind: 'stroke', tool: 'pen', radius: 1.2, points: [[3, 5, 7]] };

const broken: readonly [name: string, gesture: unknown][] = [
  ['no object', 7],
  ['an unknown kind', { kind: 'song' }],
  ['a stroke with an unknown tool', { ...stroke, tool: 'knife' }],
  ['a stroke without a radius', { ...stroke, radius: 0 }],
  ['a stroke without points', { ...stroke, points: [] }],
  ['a point without a time', { ...stroke, points: [[3, 5]] }],
  ['a point far off', { ...stroke, points: [[3, 1e7, 0]] }],
  ['a point that is no number', { ...stroke, points: [[3, null, 0]] }],
  ['half a shift', { kind: 'shift', dx: 0.5, dy: 0 }],
  ['a shift over the whole surface and more', { kind: 'shift', dx: 29, dy: 0 }],
  ['a picture of too few pixels', { kind: 'picture', pixels: [1, 2, 3] }],
  ['a picture brighter than a byte', { kind: 'picture', pixels: Array(784).fill(256) }],
];

for (const [name, gesture] of broken) {
  test(`${name} is refused`, t => {
    const document = { format: 'digits-gestures/1', gestures: [stroke, gesture] };
    t.like(
      t.throws(() => gesturesFromJson(document)),
      { code: 'CANVAS_GESTURES' },
    );
  });
}
