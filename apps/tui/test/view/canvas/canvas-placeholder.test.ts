import test from 'ava';
import { fillPlaceholder, placeholderRows } from '../../../src/view/canvas/canvas-placeholder.ts';

const [placeholder = ''] = placeholderRows(5, 1);
const exampleFrame = ['title', `  ${placeholder}  seven`, `  ${placeholder}`, 'keys'];

test('an inset replaces its placeholder and nothing else', t => {
  const inset = { rows: ['\u{1b}[31mabcde\u{1b}[39m', '$&$$1'], columns: 5 };
  t.deepEqual(fillPlaceholder(exampleFrame, inset), [
    'title',
    '  \u{1b}[31mabcde\u{1b}[39m  seven',
    '  $&$$1',
    'keys',
  ]);
});

test('a placeholder without an inset of its size is empty', t => {
  const empty = ['title', '         seven', '       ', 'keys'];
  t.deepEqual(fillPlaceholder(exampleFrame, undefined), empty);
  t.deepEqual(fillPlaceholder(exampleFrame, { rows: ['abc', 'abc'], columns: 3 }), empty);
  t.deepEqual(fillPlaceholder(exampleFrame, { rows: ['abcde'], columns: 5 }), empty);
});

test('a frame without placeholder is unchanged', t => {
  const frame = ['an error', 'and where'];
  t.deepEqual(fillPlaceholder(frame, { rows: ['abcde'], columns: 5 }), frame);
});
