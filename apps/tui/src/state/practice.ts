// Practice: the app names a digit, the user draws it, the network predicts it. The random numbers
// depend on the seed alone.

import { digitCount } from '@digits/protocol/constants';

/** The digit to draw and the predicted one; `null` if the prediction was rejected. */
export interface Round {
  readonly target: number;
  readonly read: number | null;
}

export interface Practice {
  /** The digit to draw now. */
  readonly target: number;
  /** The next digits: each once before any is repeated. */
  readonly deck: readonly number[];
  readonly seed: number;
  readonly rounds: readonly Round[];
  /** Whether the drawing was submitted and its prediction is still to come. */
  readonly isAwaitingPrediction: boolean;
}

/** @param seed any integer; the same seed gives the same digits. */
export function startPractice(seed: number): Practice {
  const { deck, seed: next } = shuffledDigits(seed >>> 0);
  return withNextDigit({ target: 0, deck, seed: next, rounds: [], isAwaitingPrediction: false });
}

/** Adds a round and names the next digit. */
export function finishRound(practice: Practice, read: number | null): Practice {
  const rounds = [...practice.rounds, { target: practice.target, read }];
  return withNextDigit({ ...practice, rounds, isAwaitingPrediction: false });
}

/** Names another digit without adding a round. */
export function skipDigit(practice: Practice): Practice {
  return withNextDigit({ ...practice, isAwaitingPrediction: false });
}

/** @returns how many rounds were predicted as the digit to draw. */
export function countCorrect(rounds: readonly Round[]): number {
  return rounds.filter(({ target, read }) => target === read).length;
}

/**
 * @returns for each digit how often it was predicted as each, [target][read], with one more column
 *   for rejected predictions.
 */
export function confusionMatrix(rounds: readonly Round[]): readonly (readonly number[])[] {
  return Array.from({ length: digitCount }, (_, target) =>
    Array.from({ length: digitCount + 1 }, (_, column) => {
      const read = column === digitCount ? null : column;
      return rounds.filter(round => round.target === target && round.read === read).length;
    }),
  );
}

function withNextDigit(practice: Practice): Practice {
  const [target, ...deck] = practice.deck;
  if (target !== undefined) return { ...practice, target, deck };
  return withNextDigit({ ...practice, ...shuffledDigits(practice.seed) });
}

/** Fisher–Yates, from the end. */
function shuffledDigits(seed: number): { deck: number[]; seed: number } {
  const deck = Array.from({ length: digitCount }, (_, digit) => digit);
  let state = seed;
  for (let last = deck.length - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) >>> 0;
    const other = Math.floor(mulberry32(state) * (last + 1));
    [deck[last], deck[other]] = [deck[other]!, deck[last]!];
  }
  return { deck, seed: state };
}

/** mulberry32's output: a state of 32 bits as a number in [0, 1). */
function mulberry32(state: number): number {
  let bits = Math.imul(state ^ (state >>> 15), state | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
}
