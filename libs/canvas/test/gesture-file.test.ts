import test from 'ava';
import fc from 'fast-check';
import { gesturesFromJson, gesturesToJson } from '../src/gesture-file.ts';
import { gestures } from './arbitraries.ts';

test('gestures survive a round trip through JSON', t => {
  const property = fc.property(fc.array(gestures, { maxLength: 5 }), drawn => {
    // JSON has no negative zero.
    const plain = JSON.parse(JSON.stringify(drawn));
    t.deepEqual(gesturesFromJson(JSON.parse(JSON.stringify(gesturesToJson(drawn)))), plain);
  });
  fc.assert(property);
});

test('the document names a gesture’s type as its kind', t => {
  const points = [[3, 5, 7]] as const;
  t.is(
    JSON.stringify(
      gesturesToJson([{ type: 'stroke', tool: 'pen', radius: 1.2, points }, { type: 'inversion' }]),
    ),
    '{"format":"digits-gestures/1","gestures":[{"kind":"stroke","tool":"pen","radius":1.2,' +
      '"points":[[3,5,7]]},{"kind":"inversion"}]}',
  );
});

test('any JSON is read, or rejected with a code', t => {
  const property = fc.property(fc.jsonValue(), value => {
    for (const document of [value, { format: 'digits-gestures/1', gestures: [value] }]) {
      try {
        gesturesFromJson(document);
      } catch (error) {
        t.like(error, { code: 'invalid-gestures' });
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
  ['a shift beyond the canvas', { kind: 'shift', dx: 29, dy: 0 }],
  ['a picture of too few pixels', { kind: 'picture', pixels: [1, 2, 3] }],
  ['a picture brighter than a byte', { kind: 'picture', pixels: Array(784).fill(256) }],
];

for (const [name, gesture] of broken) {
  test(`${name} is rejected`, t => {
    const document = { format: 'digits-gestures/1', gestures: [stroke, gesture] };
    t.like(
      t.throws(() => gesturesFromJson(document)),
      { code: 'invalid-gestures' },
    );
  });
}

test('gestures of more points or pixels than a hand draws are rejected', t => {
  const read = (...gestures: readonly unknown[]) =>
    gesturesFromJson({ format: 'digits-gestures/1', gestures }).length;
  const long = { ...stroke, points: Array(50_000).fill([3, 5, 7]) };
  const picture = { kind: 'picture', pixels: Array(784).fill(0) };
  t.is(read(long, long), 2);
  t.throws(() => read(long, long, stroke), { code: 'invalid-gestures' });
  t.is(read(...Array(127).fill(picture)), 127);
  t.throws(() => read(...Array(128).fill(picture)), { code: 'invalid-gestures' });
});
