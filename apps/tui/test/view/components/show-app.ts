// The app in a terminal emulator, as Ink and the frame output draw it.

import { EventEmitter } from 'node:events';
import { type Prediction, rasterOf } from '@digits/client';
import type { ExecutionContext } from 'ava';
import { render } from 'ink';
import { createElement } from 'react';
import type { Command } from '../../../src/input/command.ts';
import { createKeyHandler } from '../../../src/input/key-handler.ts';
import type { Action } from '../../../src/state/action.ts';
import type { State } from '../../../src/state/state.ts';
import { createStore } from '../../../src/state/store.ts';
import { KeyStream } from '../../../src/terminal/key-stream.ts';
import { App } from '../../../src/view/components/App.tsx';
import { displayStyleIn } from '../../../src/view/display-style.ts';
import { createInsets } from '../../../src/view/insets.ts';
import { FrameOutput } from '../../../src/view/output/frame-output.ts';
import { createScreen } from '../../emulated-screen.ts';
import { exampleState } from '../../state/example-state.ts';

export type ShowOptions = Partial<State> & { readonly columns?: number; readonly rows?: number };

/** Renders the app after some actions. Commands that need an effect are collected. */
export async function showApp(
  t: ExecutionContext,
  actions: readonly Action[] = [],
  { columns = 80, rows = 24, ...parts }: ShowOptions = {},
) {
  const screen = createScreen(columns, rows);
  const store = createStore(exampleState({ window: { columns, rows }, ...parts }));
  let written = '';
  let unseen = '';
  const terminal = Object.assign(new EventEmitter(), {
    columns,
    rows,
    write(text: string, done?: () => void) {
      written += text;
      unseen += text;
      done?.();
      return true;
    },
  });
  const insets = createInsets();
  const output = new FrameOutput(
    terminal,
    () => displayStyleIn(store.getState()),
    () => insets(store.getState()),
  );
  store.subscribe(() => output.insetsMayHaveChanged());
  const keys = new KeyStream({ setRawMode() {}, ref() {}, unref() {} });
  const commands: Command[] = [];
  const instance = render(
    createElement(App, {
      store,
      ...createKeyHandler(store, command => {
        if (command.type === 'dispatch') store.dispatch(command.action);
        else commands.push(command);
      }),
    }),
    {
      stdout: output as never,
      stdin: keys as never,
      interactive: true,
      alternateScreen: true,
      exitOnCtrlC: false,
      patchConsole: false,
      // A frame need not wait until the previous one could have been seen.
      maxFps: 1000,
    },
  );
  t.teardown(() => instance.unmount());

  /** Waits until the screen shows the current state. */
  const settle = async () => {
    await instance.waitUntilRenderFlush();
    const text = unseen;
    unseen = '';
    await screen.write(text);
  };
  const act = async (...more: readonly Action[]) => {
    more.forEach(store.dispatch);
    await settle();
  };
  await settle();
  await act(...actions);
  return {
    screen,
    store,
    commands,
    act,
    settle,
    lines: () => screen.lines(),
    text: () => screen.lines().join('\n'),
    written: () => written,
    /** Keys one after the other, with a frame after each. */
    async type(...typed: readonly string[]) {
      for (const key of typed) {
        keys.write(key);
        await settle();
      }
    },
    /** Keys that arrive together. */
    async typeAtOnce(...typed: readonly string[]) {
      for (const key of typed) keys.write(key);
      await settle();
    },
    /** Presses Esc, which Ink recognises only after a timeout. */
    async pressEscape() {
      const changed = new Promise<void>(resolve => {
        const leave = store.subscribe(() => {
          leave();
          resolve();
        });
      });
      keys.write('\u{1b}');
      await changed;
      await settle();
    },
    /** Has a prediction received for the current drawing. */
    async predict(prediction: Prediction) {
      const raster = rasterOf(store.getState());
      await act(
        { type: 'prediction-requested', raster },
        { type: 'prediction-received', raster, prediction, isExplained: true },
      );
    },
    async resize(toColumns: number, toRows: number) {
      screen.resize(toColumns, toRows);
      Object.assign(terminal, { columns: toColumns, rows: toRows });
      store.dispatch({ type: 'window-resized', window: { columns: toColumns, rows: toRows } });
      output.resized();
      await settle();
    },
  };
}
