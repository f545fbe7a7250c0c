// The list of corrections as a table beside the canvas, which shows the picture of the selected one, and
// in sentences for a screen reader.

import { aDigit, formatPercent } from '@digits/client';
import { cut } from '@digits/screen';
import {
  type CorrectionReview,
  type ListedCorrection,
  listedCorrections,
  openSuspects,
  type SuspectLabel,
  suspicionOf,
} from '../../../state/corrections/corrections.ts';
import {
  markerOf,
  positionLine,
  scrolledTo,
  type Table,
  type TableLine,
  type TablePlace,
  wrappedInto,
} from './table.ts';

/** About the selected correction. */
const detailRows = 3;
/** The heads of the columns, and an empty row above the details. */
const otherRows = 2 + detailRows;

/** With the year, and with the source in a column of its own. */
const wideColumns = 46;

const head = '    Label  When         Where';
const wideHead = '    Label  When              Where    Source';

/** @returns at most `rows` lines, none longer than `columns`. */
export function correctionTable(
  review: CorrectionReview,
  { row, columns, rows }: TablePlace,
): Table {
  const items = listedCorrections(review);
  const lines = items.map((item, index): TableLine => {
    const isSuspect = suspicionOf(review, item.id) !== undefined;
    return {
      text: cut(rowText(item, { isSelected: index === row, isSuspect, columns }), columns),
      tone: isSuspect ? 'warning' : index === row ? 'strong' : 'plain',
      row: index,
    };
  });
  const shown = scrolledTo(lines, row, Math.max(rows - otherRows, 1));
  const total = items.length + review.list.unread;
  const position =
    columns < wideColumns ? plainPosition(row, total) : positionLine(shown, row, total);
  const details = wrappedInto(detailsOf(review, items[row]), columns, detailRows);
  return {
    title: `Corrections: ${position}`,
    lines: [
      { text: cut(columns < wideColumns ? head : wideHead, columns), tone: 'quiet' },
      ...shown,
      { text: '', tone: 'plain' },
      ...details.map(text => ({ text, tone: 'plain' as const })),
    ],
    footer: noteOf(review),
  };
}

/** @returns the list for a screen reader: how many there are, and the selected one. */
export function spokenCorrections(review: CorrectionReview, row: number): string[] {
  const items = listedCorrections(review);
  const item = items[row];
  const total = items.length + review.list.unread;
  const parts = [`Corrections: ${plainPosition(row, total)}`, noteOf(review)];
  const title = `${parts.filter(part => part !== '').join(', ')}.`;
  if (item === undefined) return [title, detailsOf(review, item)];
  const where = item.isSent ? 'sent' : 'waiting';
  return [
    title,
    `Labelled ${item.label}, ${timeText(item.atMs)}, ${where}, ${item.source}.`,
    detailsOf(review, item),
  ];
}

/** How many are suspect, and whether more are on their way. */
function noteOf(review: CorrectionReview): string {
  const suspects = openSuspects(review).length;
  const parts = [
    ...(suspects === 0 ? [] : [`${suspects} suspect`]),
    ...(review.list.isLoading ? ['loading …'] : []),
  ];
  return parts.join(', ');
}

function plainPosition(row: number, total: number): string {
  return `${Math.min(row + 1, total)} of ${total}`;
}

interface RowStyle {
  readonly isSelected: boolean;
  readonly isSuspect: boolean;
  readonly columns: number;
}

function rowText(item: ListedCorrection, { isSelected, isSuspect, columns }: RowStyle): string {
  const where = item.isSent ? 'sent' : 'waiting';
  const label = `${markerOf(isSelected)}${isSuspect ? '?' : ' '} ${item.label}      `;
  const time = timeText(item.atMs);
  if (columns < wideColumns) return `${label}${time.slice('2026-'.length)}  ${where}`;
  return `${label}${time}  ${where.padEnd('waiting'.length)}  ${item.source}`;
}

/** In the time zone of the user, to the minute. */
function timeText(atMs: number): string {
  const time = new Date(atMs);
  const two = (value: number) => `${value}`.padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

function detailsOf(review: CorrectionReview, item: ListedCorrection | undefined): string {
  const { problem, isLoading, picture } = review.list;
  if (problem !== undefined) {
    return item?.isSent === false
      ? `Not sent yet: ${problem}`
      : `The list is not complete: ${problem}`;
  }
  if (item === undefined) {
    return isLoading ? '' : 'Press f and a digit on a drawing to correct it.';
  }
  const suspicion = suspicionOf(review, item.id);
  if (suspicion !== undefined) return suspicionText(suspicion);
  if (picture?.id === item.id && picture.raster === undefined) {
    return 'Its picture cannot be shown.';
  }
  return item.isSent ? 'Stored by the service.' : 'Sent when a service is available.';
}

/** What is wrong with a label, and what can be done. */
function suspicionText({ why, label, predicted, confidence }: SuspectLabel): string {
  if (why === 'contradicted') {
    return `A newer label than ${label} is used for this picture. d deletes this one.`;
  }
  const looks = `It looks like ${aDigit(predicted)} (${formatPercent(confidence)}), not ${aDigit(label)}`;
  return `${looks}: left out. y keeps the ${label}, d deletes it.`;
}
