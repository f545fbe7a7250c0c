// One line of a session file: an event and its time. Input is recorded as the bytes that the terminal
// sent, so that a replay exercises the whole app.

import { AppError } from '../app-error.ts';
import { jsonFields } from '../untrusted-text.ts';

export type SessionEvent = {
  /** Milliseconds since the recording began. */
  readonly t: number;
} & (
  | { readonly type: 'input'; readonly bytes: Uint8Array }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  /** A prediction, for readers of the file; a replay requests new ones. */
  | { readonly type: 'answer'; readonly answer: object }
);

export function writeSessionEvent(event: SessionEvent): string {
  return `${JSON.stringify({ t: Math.round(event.t), ...contentOf(event) })}\n`;
}

function contentOf(event: SessionEvent): object {
  switch (event.type) {
    case 'input':
      return { input: Buffer.from(event.bytes).toString('base64') };
    case 'resize':
      return { resize: [event.columns, event.rows] };
    case 'answer':
      return { answer: event.answer };
  }
}

/**
 * @param lineNumber counted from 1, for the message
 * @throws AppError `session-malformed`
 */
export function readSessionEvent(line: string, lineNumber: number): SessionEvent {
  const { t, input, resize, answer } = jsonFields(line);
  if (isTime(t)) {
    if (typeof input === 'string' && /^[A-Za-z\d+/]*={0,2}$/.test(input)) {
      return { t, type: 'input', bytes: Buffer.from(input, 'base64') };
    }
    if (isSize(resize)) return { t, type: 'resize', columns: resize[0], rows: resize[1] };
    if (typeof answer === 'object' && answer !== null) return { t, type: 'answer', answer };
  }
  throw new AppError(
    'session-malformed',
    `Line ${lineNumber} is not a session event: {"t": milliseconds, "input": base64} or "resize" or "answer".`,
  );
}

/** Timers take at most 2³¹ milliseconds, 24 days. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 2 ** 31;
}

function isSize(value: unknown): value is readonly [number, number] {
  const isLength = (length: unknown) =>
    Number.isInteger(length) && Number(length) > 0 && Number(length) < 100_000;
  return Array.isArray(value) && value.length === 2 && value.every(isLength);
}
