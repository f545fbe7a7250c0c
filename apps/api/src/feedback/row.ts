// A row of either table as it was read. The store's own statements wrote it, but a damaged file can
// hold anything, which must not get into headers, paths and answers.

import type { SQLOutputValue } from 'node:sqlite';
import {
  feedbackSources,
  imageContentTypes,
  inputLength,
  rejectionReasons,
} from '@digits/protocol';
import { ServiceError } from '../service-error.ts';

export type Row = Record<string, SQLOutputValue>;

type Check = (value: SQLOutputValue) => boolean;

const isText: Check = value => typeof value === 'string';
const isDigit: Check = value => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 9;
const matches =
  (pattern: RegExp): Check =>
  value =>
    typeof value === 'string' && pattern.test(value);
const isOneOf =
  (values: readonly SQLOutputValue[]): Check =>
  value =>
    values.includes(value);
const orNull =
  (check: Check): Check =>
  value =>
    value === null || check(value);

/** The columns of both tables, without the prefixes of a disagreement's two answers. */
const checks: ReadonlyMap<string, Check> = new Map([
  ['sequence', Number.isSafeInteger],
  ['id', matches(/^[\w-]{1,100}$/)],
  ['label', isDigit],
  ['source', isOneOf(feedbackSources)],
  ['predicted', orNull(isDigit)],
  ['digit', isDigit],
  ['confidence', Number.isFinite],
  ['accepted', isOneOf([0, 1])],
  ['reason', orNull(isOneOf(rejectionReasons))],
  ['model_name', isText],
  ['model_version', isText],
  ['model_sha256', isText],
  ['name', isText],
  ['version', isText],
  ['created_at', value => isText(value) && !Number.isNaN(Date.parse(value as string))],
  ['sha256', matches(/^[0-9a-f]{64}$/)],
  ['content_type', isOneOf(imageContentTypes)],
  ['byte_length', Number.isSafeInteger],
  ['preprocessing', isText],
  ['seen', value => value instanceof Uint8Array && value.length === inputLength],
  ['picture', value => value instanceof Uint8Array],
]);

/** @throws ServiceError `feedback-corrupt` where the row is missing or the store cannot have written a value */
export function requireIntact(row: Row | undefined): Row {
  if (!row) throw new ServiceError('feedback-corrupt', 'a row that was written is missing');
  for (const column in row) {
    const check = checks.get(column.replace(/^(champion|shadow)_/, ''));
    if (check?.(row[column]!)) continue;
    throw new ServiceError('feedback-corrupt', `${column} of ${row['id']} is damaged`);
  }
  return row;
}
