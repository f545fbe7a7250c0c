import test from 'ava';
import { drawingMode, type Mode } from '../../../src/state/mode.ts';
import { startPractice } from '../../../src/state/practice.ts';
import { minWindowSize } from '../../../src/view/layout.ts';
import { keyHints, keyLines } from '../../../src/view/text/keys.ts';
import { title } from '../../../src/view/text/status.ts';
import { exampleState } from '../../state/example-state.ts';

const modes: readonly Mode[] = [
  drawingMode,
  { type: 'correcting' },
  { type: 'typing', purpose: 'save', text: '', hint: '' },
  { type: 'typing', purpose: 'open', text: '', hint: '' },
  { type: 'typing', purpose: 'address', text: '', hint: '' },
  { type: 'help' },
  { type: 'settings', row: 0 },
  { type: 'asking-consent' },
  { type: 'summary' },
  { type: 'confirming-stop' },
  { type: 'gate', row: 0 },
];

test('the title and the keys of every mode fit into the smallest window', t => {
  t.true(title.length <= minWindowSize.columns);
  for (const mode of modes) {
    for (const practice of [undefined, startPractice(1)]) {
      for (const count of [1, 2]) {
        const lines = keyLines(exampleState({ mode, practice }), count);
        t.true(lines.length <= count);
        for (const line of lines) t.true(line.length <= minWindowSize.columns, line);
      }
    }
  }
});

test('the meaning of every key in the help fits beside the canvas', t => {
  for (const [, meaning] of keyHints) t.true(meaning.length > 0 && meaning.length <= 34, meaning);
});
