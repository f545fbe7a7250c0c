// Practice, two games: a digit is named, the user draws it, and the network is to recognise it, or to
// misread it. The random numbers depend on the seed alone.

import type { Raster } from '@digits/canvas';
import { digitCount } from '@digits/protocol/constants';
import type { Prediction } from '../prediction/prediction.ts';

/** What the network is to do with the drawing. */
export type Game = 'recognise' | 'misread';

/** The digit to draw and the predicted one; `null` if the prediction was rejected. */
export interface Round {
  readonly game: Game;
  readonly target: number;
  readonly read: number | null;
}

export interface Practice {
  readonly game: Game;
  /** The digit to draw now. */
  readonly target: number;
  /** The next digits: each once before any is repeated. */
  readonly deck: readonly number[];
  readonly seed: number;
  readonly rounds: readonly Round[];
  /** Whether the drawing was submitted and its prediction is still to come. */
  readonly isAwaitingPrediction: boolean;
  /** The drawing of the last round, if it stays on the canvas with the prediction and its evidence. */
  readonly reviewed: Raster | undefined;
}

/** @param seed any integer; the same seed gives the same digits. */
export function startPractice(seed: number): Practice {
  const { deck, seed: next } = shuffledDigits(seed >>> 0);
  return withNextDigit({
    ...{ game: 'recognise', target: 0, deck, seed: next, rounds: [] },
    ...{ isAwaitingPrediction: false, reviewed: undefined },
  });
}

/** The drawing was submitted, and its prediction is still to come. */
export function submitRound(practice: Practice): Practice {
  return { ...practice, isAwaitingPrediction: true };
}

/** There was no prediction: the drawing can be submitted again. */
export function withdrawRound(practice: Practice): Practice {
  return { ...practice, isAwaitingPrediction: false };
}

/** @returns what a round has as `read`: a rejected prediction is none. */
export function readingOf({ digit, reason }: Pick<Prediction, 'digit' | 'reason'>): number | null {
  return reason === null ? digit : null;
}

/** Adds a round. A recognised digit leads to the next one; any other drawing stays to be reviewed. */
export function finishRound(practice: Practice, read: number | null, drawing: Raster): Practice {
  const { game, target } = practice;
  const round = { game, target, read };
  const rounds = [...practice.rounds, round];
  const after = { ...practice, rounds, isAwaitingPrediction: false };
  return game === 'recognise' && isWon(round)
    ? withNextDigit(after)
    : { ...after, reviewed: drawing };
}

/** After the review: the same digit again, or the next one once it was misread as it should be. */
export function continuePractice(practice: Practice): Practice {
  const last = practice.rounds.at(-1);
  return last !== undefined && isWon(last)
    ? withNextDigit(practice)
    : { ...practice, reviewed: undefined };
}

/** Names another digit without adding a round. */
export function skipDigit(practice: Practice): Practice {
  return withNextDigit({ ...practice, isAwaitingPrediction: false });
}

/** Changes to the other game, with another digit. */
export function switchGame(practice: Practice): Practice {
  return skipDigit({ ...practice, game: practice.game === 'misread' ? 'recognise' : 'misread' });
}

/** A rejected drawing is neither recognised nor misread. */
export function isWon({ game, target, read }: Round): boolean {
  return game === 'recognise' ? read === target : read !== null && read !== target;
}

/** @returns the rounds of one game, and how many of them are won. */
export function scoreOf(
  rounds: readonly Round[],
  game: Game,
): { readonly won: number; readonly played: number } {
  const played = rounds.filter(round => round.game === game);
  return { won: played.filter(isWon).length, played: played.length };
}

/**
 * @returns for each digit to be recognised how often it was predicted as each, [target][read], with one more column
 *   for rejected predictions.
 */
export function confusionMatrix(rounds: readonly Round[]): readonly (readonly number[])[] {
  return Array.from({ length: digitCount }, (_, target) =>
    Array.from({ length: digitCount + 1 }, (_, column) => {
      const read = column === digitCount ? null : column;
      return rounds.filter(
        round => round.game === 'recognise' && round.target === target && round.read === read,
      ).length;
    }),
  );
}

function withNextDigit(practice: Practice): Practice {
  const [target, ...deck] = practice.deck;
  if (target !== undefined) return { ...practice, target, deck, reviewed: undefined };
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
