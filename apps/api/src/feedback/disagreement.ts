// A picture on which champion and shadow predict different digits, and its database row.

import type { SQLInputValue } from 'node:sqlite';
import type { Disagreement, OneAnswer } from '../schemas/disagreement.ts';
import { type Row, requireIntact } from './row.ts';
import { type PictureData, pictureColumns, toPictureData } from './stored-picture.ts';

/** A disagreement with the data that lists leave out. */
export interface NewDisagreement extends Disagreement, PictureData {}

type Side = 'champion' | 'shadow';

const answerColumns = (side: Side) =>
  ['digit', 'confidence', 'accepted', 'reason', 'name', 'version', 'sha256'].map(
    column => `${side}_${column}`,
  );

/** The columns that `toDisagreement` needs. */
export const disagreementColumns = [
  ...answerColumns('champion'),
  ...answerColumns('shadow'),
  'id, sha256, content_type, byte_length, created_at',
].join(', ');

/** @throws ServiceError `feedback-corrupt` */
export function toDisagreement(row: Row): Disagreement {
  requireIntact(row);
  return {
    id: row['id'],
    champion: toOneAnswer(row, 'champion'),
    shadow: toOneAnswer(row, 'shadow'),
    input: {
      sha256: row['sha256'],
      contentType: row['content_type'],
      byteLength: row['byte_length'],
    },
    createdAt: row['created_at'],
  } as Disagreement;
}

/** The columns that `toNewDisagreement` needs. */
export const newDisagreementColumns = `${disagreementColumns}, ${pictureColumns}`;

/** @throws ServiceError `feedback-corrupt` */
export function toNewDisagreement(row: Row): NewDisagreement {
  return { ...toDisagreement(row), ...toPictureData(row) };
}

/** The row by column name. */
export function toDisagreementRow(disagreement: NewDisagreement): Record<string, SQLInputValue> {
  const { champion, shadow, input, ...rest } = disagreement;
  return {
    id: rest.id,
    ...toAnswerRow(champion, 'champion'),
    ...toAnswerRow(shadow, 'shadow'),
    created_at: rest.createdAt,
    sha256: input.sha256,
    content_type: input.contentType,
    byte_length: input.byteLength,
    preprocessing: rest.preprocessing,
    seen: rest.seen,
    picture: rest.picture,
  };
}

function toOneAnswer(row: Row, side: Side) {
  return {
    digit: row[`${side}_digit`],
    confidence: row[`${side}_confidence`],
    accepted: row[`${side}_accepted`] === 1,
    reason: row[`${side}_reason`],
    model: {
      name: row[`${side}_name`],
      version: row[`${side}_version`],
      sha256: row[`${side}_sha256`],
    },
  };
}

function toAnswerRow({ model, ...answer }: OneAnswer, side: Side) {
  const values = { ...answer, accepted: Number(answer.accepted), ...model };
  return Object.fromEntries(
    Object.entries(values).map(([column, value]) => [`${side}_${column}`, value]),
  );
}
