// The document of nn:promote --json: how a trained version compares with the champion, figure by
// figure, and whether it was promoted.

import { type Static, Type } from 'typebox';
import { gateVerdicts } from './constants.ts';
import { Sha256 } from './model.ts';

/** The name of a version's folder. Restricted, because it is passed to commands as an argument. */
export const VersionName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' });

/** A figure of the champion and of the candidate. */
export const GateRow = Type.Object({
  /** unique within its group, for example 'MNIST test images' */
  name: Type.String(),
  /** 'test', 'validation', 'corruption', 'drawings', 'styles', 'no-digits', 'corrections', 'refusal', … */
  group: Type.String(),
  /** null if there is no champion to compare with */
  champion: Type.Union([Type.Number(), Type.Null()]),
  challenger: Type.Number(),
  /** '%' in 0…100; 'area' in 0…1; 'ms', 'weights', 'bytes' */
  unit: Type.String(),
  verdict: Type.Enum(gateVerdicts),
  /** whether the verdict `worse` stops a promotion */
  matters: Type.Boolean(),
  why: Type.String(),
});

export type GateRow = Static<typeof GateRow>;

/** SHA-256 of what was compared: the result holds for these models on these sets only. */
export const ComparedDigests = Type.Object({
  challenger: Sha256,
  /** null if there was no champion to compare with */
  champion: Type.Union([Sha256, Type.Null()]),
  /** of the data that the sets are made from, the held-out corrections included */
  sets: Sha256,
});

export type ComparedDigests = Static<typeof ComparedDigests>;

/** A line of nn:promote --json --progress, after each set. */
export const GateProgress = Type.Object({
  type: Type.Literal('progress'),
  /** sets that both models have classified */
  done: Type.Integer({ minimum: 1 }),
  total: Type.Integer({ minimum: 1 }),
});

export type GateProgress = Static<typeof GateProgress>;

/** The result of the gate for one version. */
export const GateResult = Type.Object({
  type: Type.Literal('gate'),
  version: VersionName,
  /** version of the champion, null if there was none to compare with */
  champion: Type.Union([Type.String(), Type.Null()]),
  /** null if nothing was compared, because the version is the champion already */
  digests: Type.Union([ComparedDigests, Type.Null()]),
  rows: Type.Array(GateRow, { maxItems: 500 }),
  passes: Type.Boolean(),
  promoted: Type.Boolean(),
  why: Type.String(),
});

export type GateResult = Static<typeof GateResult>;
