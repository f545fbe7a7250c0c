// The document of nn:promote --json: how a trained version compares with the champion, figure by
// figure, and whether it was promoted.

import { type Static, Type } from 'typebox';
import { gateVerdicts } from './constants.ts';

/** The name of a version's folder. Restricted, because it is passed to commands as an argument. */
export const VersionName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' });

/** A figure of the champion and of the candidate. */
export const GateRow = Type.Object({
  /** unique within its group, for example 'MNIST test images' */
  name: Type.String(),
  /** 'test', 'validation', 'corruption', 'drawings', 'no-digits', 'corrections', 'refusal', … */
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

/** The result of the gate for one version. */
export const GateResult = Type.Object({
  type: Type.Literal('gate'),
  version: VersionName,
  /** version of the champion, null if there was none to compare with */
  champion: Type.Union([Type.String(), Type.Null()]),
  rows: Type.Array(GateRow, { maxItems: 500 }),
  passes: Type.Boolean(),
  promoted: Type.Boolean(),
  why: Type.String(),
});

export type GateResult = Static<typeof GateResult>;
