import test from 'ava';
import fc from 'fast-check';
import {
  confusionMatrix,
  countCorrect,
  finishRound,
  type Practice,
  skipDigit,
  startPractice,
} from '../../src/state/practice.ts';

/** The digits that practice names, in order. */
function targetsOf(seed: number, count: number): number[] {
  const targets: number[] = [];
  let practice: Practice = startPractice(seed);
  for (let index = 0; index < count; index++) {
    targets.push(practice.target);
    practice = finishRound(practice, null);
  }
  return targets;
}

test('the same seed gives the same digits', t => {
  t.deepEqual(targetsOf(7, 25), targetsOf(7, 25));
  t.notDeepEqual(targetsOf(7, 25), targetsOf(8, 25));
});

test('each digit is named once before any is repeated', t => {
  const property = fc.property(fc.nat(), seed => {
    const targets = targetsOf(seed, 20);
    for (const start of [0, 10]) t.is(new Set(targets.slice(start, start + 10)).size, 10);
  });
  fc.assert(property);
});

test('a skipped digit is not counted', t => {
  const practice = skipDigit(startPractice(3));
  t.deepEqual(practice.rounds, []);
  t.not(practice.target, startPractice(3).target);
});

test('the score and the confusion matrix count the rounds', t => {
  const rounds = [
    { target: 3, read: 3 },
    { target: 3, read: 5 },
    { target: 7, read: null },
    { target: 3, read: 3 },
  ];
  t.is(countCorrect(rounds), 2);
  const confusion = confusionMatrix(rounds);
  t.is(confusion[3]?.[3], 2);
  t.is(confusion[3]?.[5], 1);
  t.is(confusion[7]?.[10], 1);
  t.is(
    confusion.flat().reduce((sum, count) => sum + count),
    4,
  );
});
