import test from 'ava';
import type { RecordedDrawing } from '../../src/data/strokes.ts';
import { splitByWriter } from '../../src/data/writers.ts';

/** Some drawings by each of so many writers, mixed. */
function drawingsBy(writers: number, each = 3): RecordedDrawing[] {
  return Array.from({ length: writers * each }, (_, i) => ({
    label: i % 10,
    writer: `w${String((7 * i) % writers).padStart(2, '0')}`,
    strokes: [[[i / 100, 0.5]]],
  }));
}

const writersOf = (drawings: readonly RecordedDrawing[]) =>
  [...new Set(drawings.map(({ writer }) => writer))].sort();

test('every drawing is in exactly one part, in its order', t => {
  const drawings = drawingsBy(23);
  const parts = Object.values(splitByWriter(drawings));
  t.is(parts.flat().length, drawings.length);
  t.is(new Set(parts.flat()).size, drawings.length);
  for (const part of parts)
    t.deepEqual(
      part,
      drawings.filter(one => part.includes(one)),
    );
});

test('no writer is in two parts: every fifth is held out, the one before validates', t => {
  const { training, validation, heldOut } = splitByWriter(drawingsBy(11));
  t.deepEqual(writersOf(training), ['w00', 'w01', 'w02', 'w05', 'w06', 'w07', 'w10']);
  t.deepEqual(writersOf(validation), ['w03', 'w08']);
  t.deepEqual(writersOf(heldOut), ['w04', 'w09']);
});

test('the split does not depend on the order of the drawings', t => {
  const drawings = drawingsBy(13);
  const [split, turned] = [splitByWriter(drawings), splitByWriter(drawings.toReversed())];
  for (const part of ['training', 'validation', 'heldOut'] as const) {
    t.deepEqual(turned[part].toReversed(), split[part]);
  }
});

test('with few writers, all are for training', t => {
  const drawings = drawingsBy(2);
  t.deepEqual(splitByWriter(drawings), { training: drawings, validation: [], heldOut: [] });
});
