import test from 'ava';
import { commandOfKey } from '../src/keys.ts';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test('arrows and Space draw on the surface only', t => {
  for (const key of ['ArrowLeft', ' ', 'Enter']) {
    t.not(commandOfKey({ ...plain, key }, true), undefined);
    t.is(commandOfKey({ ...plain, key }, false), undefined);
  }
});

test('with Shift the arrows shift the drawing', t => {
  const key = { ...plain, key: 'ArrowUp', shiftKey: true };
  t.is(commandOfKey(key, true), 'shift-up');
  t.is(commandOfKey({ ...plain, key: 'K', shiftKey: true }, false), 'shift-up');
});

test('Ctrl or Cmd with Z and Y undo and redo', t => {
  t.is(commandOfKey({ ...plain, key: 'z', ctrlKey: true }, false), 'undo');
  t.is(commandOfKey({ ...plain, key: 'Z', metaKey: true, shiftKey: true }, false), 'redo');
  t.is(commandOfKey({ ...plain, key: 'y', ctrlKey: true }, false), 'redo');
});

test('other keys with Ctrl, Cmd or Alt stay the browser’s', t => {
  t.is(commandOfKey({ ...plain, key: 'c', ctrlKey: true }, true), undefined);
  t.is(commandOfKey({ ...plain, key: 'r', metaKey: true }, true), undefined);
  t.is(commandOfKey({ ...plain, key: 'ArrowLeft', altKey: true }, true), undefined);
});
