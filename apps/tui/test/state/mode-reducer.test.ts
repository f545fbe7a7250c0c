// Actions on modes, settings and practice.

import { isBlank } from '@digits/canvas';
import { isEvidenceShown, isReviewing, rasterOf, scoreOf } from '@digits/client';
import test from 'ava';
import type { Action } from '../../src/state/action.ts';
import { reduce } from '../../src/state/reducer.ts';
import { type State, themeChoiceOf } from '../../src/state/state.ts';
import {
  editText,
  type FieldText,
  fieldTextOf,
  type TextEdit,
} from '../../src/state/text-field.ts';
import { exampleState } from './example-state.ts';

const after = (...actions: readonly Action[]): State => actions.reduce(reduce, exampleState());
const drawing: readonly Action[] = [
  { type: 'stroke-began', at: [5, 5], timeMs: 0 },
  { type: 'stroke-continued', to: [20, 20], timeMs: 5 },
  { type: 'stroke-ended' },
];
const typing: Action = {
  type: 'mode-changed',
  mode: { type: 'typing', purpose: 'open', text: '', hint: 'old' },
};

test('a text field drops control characters and limits the text', t => {
  const { mode } = after(typing, { type: 'text-changed', text: 'a\u{1b}[31m\u{0}b\n\u{202e}c' });
  t.deepEqual(mode, { type: 'typing', purpose: 'open', text: 'a[31mbc', hint: '' });
  const long = after(typing, { type: 'text-changed', text: 'x'.repeat(9999) }).mode;
  t.is(long.type === 'typing' && long.text.length, 500);
});

const insert = (text: string): TextEdit => ({ type: 'insert', text });

test('a text field is edited at its cursor, which stays within the text', t => {
  const edits = (...kinds: readonly (TextEdit | Exclude<TextEdit['type'], 'insert'>)[]) =>
    kinds.reduce<FieldText>(
      (field, edit) => editText(field, typeof edit === 'string' ? { type: edit } : edit),
      { text: 'ab' },
    );
  t.deepEqual(edits(insert('c')), { text: 'abc' });
  t.deepEqual(edits('move-left', insert('c')), { text: 'acb', cursor: 2 });
  t.deepEqual(edits('move-to-start', 'move-left', 'delete-before'), { text: 'ab', cursor: 0 });
  t.deepEqual(edits('move-to-start', 'delete-after'), { text: 'b', cursor: 0 });
  t.deepEqual(edits('move-left', 'delete-before'), { text: 'b', cursor: 0 });
  t.deepEqual(edits('move-left', 'move-to-end', 'move-right', 'delete-after'), { text: 'ab' });
  t.deepEqual(edits('delete-before', 'delete-before', 'delete-before'), { text: '' });
  t.deepEqual(edits('move-left', 'move-right'), { text: 'ab' });
});

test('an edit never halves a character of two code units', t => {
  const left = editText({ text: 'a😀' }, { type: 'move-left' });
  t.deepEqual(left, { text: 'a😀', cursor: 1 });
  t.deepEqual(editText(left, { type: 'move-right' }), { text: 'a😀' });
  t.deepEqual(editText(left, { type: 'delete-after' }), { text: 'a' });
  t.deepEqual(editText({ text: 'a😀' }, { type: 'delete-before' }), { text: 'a' });
  t.deepEqual(editText({ text: 'x'.repeat(499) }, insert('😀')), { text: 'x'.repeat(499) });
});

/** A field by its text with the cursor as |, after edits. */
const edited = (
  before: string,
  ...types: readonly Exclude<TextEdit['type'], 'insert'>[]
): string => {
  const start: FieldText = { text: before.replace('|', ''), cursor: before.indexOf('|') };
  const { text, cursor = text.length } = types.reduce<FieldText>(
    (field, type) => editText(field, { type }),
    start,
  );
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
};

test('a text field has the line editing of a shell', t => {
  t.is(edited('~/my draw|ings/a.png', 'move-word-left'), '~/my |drawings/a.png');
  t.is(edited('~/my draw|ings/a.png', 'move-word-left', 'move-word-left'), '~/|my drawings/a.png');
  t.is(edited('~/|my drawings', 'move-word-left'), '|~/my drawings');
  t.is(edited('~/my draw|ings/a.png', 'move-word-right'), '~/my drawings|/a.png');
  t.is(edited('|~/my', 'move-word-right', 'move-word-right'), '~/my|');
  t.is(edited('ab/cd-é9.|png', 'cut-word-before'), 'ab/cd-|png');
  t.is(edited('ab|/cd-e.png', 'cut-word-after'), 'ab|-e.png');
  t.is(edited('ab/cd-e.png|', 'cut-name-before'), 'ab/|');
  t.is(edited('ab/|x', 'cut-name-before'), '|x');
  t.is(edited('ab/c d|e', 'cut-to-start'), '|e');
  t.is(edited('ab/c d|e', 'cut-to-end'), 'ab/c d|');
  t.is(edited('ab/c d|e', 'cut-to-start', 'move-to-end', 'insert-cut'), 'eab/c d|');
  t.is(edited('a|b', 'cut-to-end', 'cut-to-end', 'move-to-start', 'insert-cut'), 'b|a');
  t.is(edited('ab|c', 'swap'), 'acb|');
  t.is(edited('abc|', 'swap'), 'acb|');
  t.is(edited('|abc', 'swap'), 'a|bc');
  t.is(edited('a|', 'insert-cut'), 'a|');
});

test('the cursor never stops within a character that is made of several', t => {
  const [family, flag, accent] = ['👨‍👩‍👧', '🇩🇪', 'e\u{301}'];
  for (const character of [family, flag, accent, '漢', '😀']) {
    t.is(edited(`a${character}|b`, 'move-left'), `a|${character}b`);
    t.is(edited(`a|${character}b`, 'move-right'), `a${character}|b`);
    t.is(edited(`a${character}|b`, 'delete-before'), 'a|b');
    t.is(edited(`a|${character}b`, 'delete-after'), 'a|b');
    t.is(edited(`a|${character}b`, 'swap'), `${character}a|b`);
    t.is(fieldTextOf(character), character);
  }
});

test('a text that is selected is replaced by typing, removed by deleting and kept by moving', t => {
  const selected = { text: 'abc', isSelected: true };
  t.deepEqual(editText(selected, insert('x')), { text: 'x' });
  t.deepEqual(editText(selected, insert('\u{7}')), selected);
  t.deepEqual(editText(selected, { type: 'delete-before' }), { text: '' });
  t.deepEqual(editText(selected, { type: 'delete-after' }), { text: '' });
  t.deepEqual(editText(selected, { type: 'cut-name-before' }), { text: '', cut: 'abc' });
  t.deepEqual(editText(selected, { type: 'move-left' }), { text: 'abc', cursor: 0 });
  t.deepEqual(editText(selected, { type: 'move-right' }), { text: 'abc' });
  t.deepEqual(editText(selected, { type: 'move-to-end' }), { text: 'abc' });
});

test('a text that replaces the whole keeps what was cut, and has its cursor', t => {
  const cut = after(
    typing,
    { type: 'text-edited', edit: insert('abc') },
    { type: 'text-edited', edit: { type: 'cut-to-start' } },
    { type: 'text-changed', text: 'drawings/x', cursor: 9 },
  );
  t.like(cut.mode, { text: 'drawings/x', cursor: 9, cut: 'abc', hint: '' });
});

test('what does not fit into a text field is dropped, and an edit without effect is the same state', t => {
  const full = after(typing, { type: 'text-edited', edit: insert('x'.repeat(9999)) });
  t.is(full.mode.type === 'typing' && full.mode.text.length, 500);
  t.is(reduce(full, { type: 'text-edited', edit: insert('y') }), full);
  t.is(reduce(full, { type: 'text-edited', edit: { type: 'delete-after' } }), full);
});

test('a hint goes when the text changes, not when the cursor moves', t => {
  const hinted = after(
    typing,
    { type: 'text-edited', edit: insert('a') },
    { type: 'hint-set', hint: 'h' },
  );
  const moved = reduce(hinted, { type: 'text-edited', edit: { type: 'move-left' } });
  t.like(moved.mode, { text: 'a', cursor: 0, hint: 'h' });
  t.like(reduce(moved, { type: 'text-edited', edit: insert('b') }).mode, { text: 'ba', hint: '' });
});

test('text outside a field is ignored', t => {
  t.deepEqual(after({ type: 'text-changed', text: 'abc' }).mode, { type: 'drawing' });
});

test('another mode lifts the pen, so that no line is drawn to its next position', t => {
  const state = after({ type: 'pen-toggled', timeMs: 0 }, typing);
  t.false(state.pen.isDown);
  t.is(state.document.stroke, undefined);
});

test('the selected setting stays within the list', t => {
  const settings: Action = { type: 'mode-changed', mode: { type: 'settings', row: 0 } };
  t.like(after(settings, { type: 'setting-row-moved', steps: -1 }).mode, { row: 0 });
  t.like(after(settings, { type: 'setting-row-moved', steps: 99 }).mode, { row: 4 });
});

test('the theme of the command line applies until another is chosen, and is not saved', t => {
  const start = exampleState({ sessionTheme: 'light' });
  t.is(themeChoiceOf(start), 'light');
  const live = reduce(start, { type: 'settings-changed', settings: { isLive: false } });
  t.is(themeChoiceOf(live), 'light');
  t.is(live.settings.theme, 'auto');
  t.is(
    themeChoiceOf(reduce(live, { type: 'settings-changed', settings: { theme: 'dark' } })),
    'dark',
  );
});

test('practice begins with a blank drawing and a digit', t => {
  const state = after({ type: 'pen-toggled', timeMs: 0 }, { type: 'practice-began', seed: 7 });
  t.true(isBlank(rasterOf(state)));
  t.true(Number.isInteger(state.practice?.target));
});

/** A practice with a drawing on the canvas, and its answer. */
function practised(...before: Action[]) {
  const state = after({ type: 'practice-began', seed: 7 }, ...before, ...drawing);
  const { target = -1 } = state.practice ?? {};
  const answer = (read: number | null) =>
    reduce(state, { type: 'practice-round-finished', drawing: rasterOf(state), read });
  return { state, target, answer };
}

test('a recognised digit is counted and reported, the drawing cleared and the next digit named', t => {
  const { target, answer } = practised();
  const right = answer(target);
  t.deepEqual(right.practice?.rounds, [{ game: 'recognise', target, read: target }]);
  t.not(right.practice?.target, target);
  t.true(isBlank(rasterOf(right)));
  t.is(right.notice?.text, `Correct: your ${target} was recognised.`);
});

test('a missed drawing stays with its evidence until it is tried again', t => {
  const { state, target, answer } = practised();
  const other = (target + 1) % 10;
  const missed = answer(other);
  t.is(rasterOf(missed), rasterOf(state));
  t.true(isEvidenceShown(missed));
  t.is(
    missed.notice?.text,
    `Your ${target} was recognised as ${other}. The marked pixels show why.`,
  );
  const again = reduce(missed, { type: 'practice-continued' });
  t.true(isBlank(rasterOf(again)));
  t.is(again.practice?.target, target);
  t.false(isEvidenceShown(again));
});

test('a missed drawing that is changed is no longer reviewed', t => {
  const missed = practised().answer(null);
  t.true(isReviewing(missed));
  t.false(isReviewing(reduce(missed, { type: 'shifted', dx: 1, dy: 0 })));
});

test('in the second game the drawing has to be misread, and a rejection is none', t => {
  const { target, answer } = practised({ type: 'practice-game-switched' });
  const other = (target + 1) % 10;
  for (const read of [target, null, other]) {
    const state = answer(read);
    t.true(isReviewing(state), 'the drawing stays');
    const isMisread = read === other;
    t.is(state.notice?.isBad, !isMisread);
    t.is(scoreOf(state.practice?.rounds ?? [], 'misread').won, isMisread ? 1 : 0);
    const next = reduce(state, { type: 'practice-continued' });
    t.is(next.practice?.target !== target, isMisread, 'only then another digit is named');
  }
});

test('outside practice no round is finished', t => {
  const start = exampleState();
  const finished = { type: 'practice-round-finished', drawing: rasterOf(start), read: 3 } as const;
  t.is(reduce(start, finished), start);
});
