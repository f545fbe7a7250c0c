// The rounds of practice, and their texts.

import { blankRaster, fullInk } from '@digits/canvas';
import test from 'ava';
import fc from 'fast-check';
import {
  commonMistakeLine,
  confusionMatrix,
  continuePractice,
  createPracticeCheck,
  finishRound,
  initialDrawing,
  noPrediction,
  type Practice,
  practiceTitle,
  type Round,
  readingOf,
  roundText,
  scoreLines,
  scoreOf,
  skipDigit,
  startPractice,
  submitRound,
  summaryTitle,
  switchGame,
  withdrawRound,
} from '../../src/index.ts';
import { sevenPrediction } from '../examples.ts';

/** The digits that practice names, in order. */
function targetsOf(seed: number, count: number): number[] {
  const targets: number[] = [];
  let practice: Practice = startPractice(seed);
  for (let index = 0; index < count; index++) {
    targets.push(practice.target);
    practice = skipDigit(practice);
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
  const rounds: readonly Round[] = [
    { game: 'recognise', target: 3, read: 3 },
    { game: 'recognise', target: 3, read: 5 },
    { game: 'recognise', target: 7, read: null },
    { game: 'recognise', target: 3, read: 3 },
    { game: 'misread', target: 3, read: 8 },
  ];
  t.deepEqual(scoreOf(rounds, 'recognise'), { won: 2, played: 4 });
  t.deepEqual(scoreOf(rounds, 'misread'), { won: 1, played: 1 });
  const confusion = confusionMatrix(rounds);
  t.is(confusion[3]?.[3], 2);
  t.is(confusion[3]?.[5], 1);
  t.is(confusion[7]?.[10], 1);
  t.is(
    confusion.flat().reduce((sum, count) => sum + count),
    4,
  );
});

const drawing = blankRaster();

test('a recognised digit leads to the next one, a missed one stays until it is tried again', t => {
  const practice = submitRound(startPractice(3));
  const { target } = practice;
  const right = finishRound(practice, target, drawing);
  t.not(right.target, target);
  t.like(right, { isAwaitingPrediction: false, reviewed: undefined });
  const missed = finishRound(practice, (target + 1) % 10, drawing);
  t.like(missed, { target, reviewed: drawing });
  t.like(continuePractice(missed), { target, reviewed: undefined });
});

test('a drawing that is misread as it should be stays, and the next digit follows', t => {
  const practice = switchGame(startPractice(3));
  const { target } = practice;
  const won = finishRound(practice, (target + 1) % 10, drawing);
  t.is(won.reviewed, drawing);
  t.not(continuePractice(won).target, target);
  t.is(continuePractice(finishRound(practice, target, drawing)).target, target);
});

test('a round without a prediction can be submitted again, and a rejected one was read as nothing', t => {
  t.deepEqual(withdrawRound(submitRound(startPractice(3))), startPractice(3));
  t.is(readingOf(sevenPrediction), 7);
  t.is(readingOf({ digit: 7, reason: 'uncertain' }), null);
});

const texts: readonly [Round, string][] = [
  [{ game: 'recognise', target: 3, read: 3 }, 'Correct: your 3 was recognised.'],
  [
    { game: 'recognise', target: 3, read: 5 },
    'Your 3 was recognised as 5. The marked pixels show why.',
  ],
  [
    { game: 'recognise', target: 3, read: null },
    'Your 3 was rejected. The marked pixels show why.',
  ],
  [{ game: 'misread', target: 3, read: 5 }, 'Misread as 5.'],
  [{ game: 'misread', target: 3, read: 3 }, 'Still recognised as 3. Change it.'],
  [{ game: 'misread', target: 3, read: null }, 'Rejected, but not misread. Change it.'],
];

test('what became of a round is a sentence', t => {
  for (const [round, text] of texts) t.is(roundText(round), text);
});

test('the title has the task and the score of its game, the summary those of both', t => {
  const rounds: Round[] = [
    { game: 'recognise', target: 3, read: 3 },
    { game: 'recognise', target: 3, read: null },
    { game: 'misread', target: 4, read: 9 },
  ];
  const practice: Practice = { ...startPractice(1), target: 8 };
  t.is(practiceTitle(practice), 'Practice: draw an 8');
  t.is(practiceTitle({ ...practice, rounds }), 'Practice: draw an 8   1 of 2 correct');
  t.is(
    practiceTitle({ ...practice, rounds, game: 'misread' }),
    'Practice: draw an 8 that is misread   1 of 1 misread',
  );
  t.deepEqual(scoreLines([]), ['Nothing was drawn.']);
  t.deepEqual(scoreLines(rounds), ['1 of 2 correct', '1 of 1 misread on purpose']);
  t.is(commonMistakeLine(rounds), 'Most often: 3 rejected, once');
  t.is(commonMistakeLine(rounds.slice(0, 1)), '');
  t.is(summaryTitle(rounds), 'Drawn down, predicted across');
  t.is(summaryTitle([]), 'Practice');
});

test('a drawing is kept before its round ends, which may clear it', async t => {
  const practice = startPractice(7);
  const { document } = initialDrawing;
  const { history } = document;
  const raster = blankRaster().fill(fullInk);
  const present = { ...history.present, raster };
  let state = {
    ...noPrediction,
    document: { ...document, history: { ...history, present } },
    practice,
  };
  const did: string[] = [];
  const check = createPracticeCheck({
    state: () => state,
    dispatch({ type }) {
      did.push(type);
      if (type === 'practice-round-submitted')
        state = { ...state, practice: submitRound(practice) };
    },
    requestPrediction: async () => sevenPrediction,
    onBlank: () => t.fail(),
    keep: async (drawing, digit) => void did.push(`${drawing === raster} ${digit}`),
  });
  await check();
  t.deepEqual(did, [
    ...['practice-round-submitted', `true ${practice.target}`, 'practice-round-finished'],
  ]);
});
