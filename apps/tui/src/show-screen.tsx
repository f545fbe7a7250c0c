// Renders the app with Ink: as frames on the alternate screen, whose canvas bypasses Ink, or as
// lines for a screen reader.

import { type Instance, type RenderOptions, render } from 'ink';
import type { Effects } from './effects/execute-command.ts';
import { createKeyHandler } from './input/key-handler.ts';
import type { Store } from './state/store.ts';
import type { TerminalOutput } from './terminal/suspend.ts';
import type { TerminalInput } from './terminal/terminal-input.ts';
import { App } from './view/components/App.tsx';
import { displayStyleIn } from './view/display-style.ts';
import { createInsets } from './view/insets.ts';
import { FrameOutput } from './view/output/frame-output.ts';
import { createSpokenOutput, type SpokenOutput } from './view/output/spoken-output.ts';

const inkOptions = {
  // The app exits by itself, in an order that Ink's own Ctrl+C does not keep.
  exitOnCtrlC: false,
  // This is a terminal, in CI too.
  interactive: true,
  patchConsole: false,
  // A frame takes a few milliseconds, and the latency of a stroke's panel depends on the interval.
  maxFps: 60,
} as const satisfies RenderOptions;

/**
 * @returns the output for sentences, or for frames. The latter writes the canvas by itself when the
 *   state changes, before any listener that subscribes later.
 */
export function createOutput(store: Store, terminal: TerminalOutput): FrameOutput | SpokenOutput {
  if (store.getState().capabilities.isScreenReader) {
    return createSpokenOutput(process.stdout, terminal, displayStyleIn(store.getState()));
  }
  const insets = createInsets();
  const output = new FrameOutput(
    terminal,
    () => displayStyleIn(store.getState()),
    () => insets(store.getState()),
  );
  store.subscribe(() => output.insetsMayHaveChanged());
  return output;
}

interface ScreenOptions {
  readonly effects: Effects;
  readonly input: TerminalInput;
  readonly output: FrameOutput | SpokenOutput;
}

/** Renders the first frame before it returns. */
export function showScreen(store: Store, { effects, input, output }: ScreenOptions): Instance {
  const keyHandler = createKeyHandler(store, effects.executeCommand, input.isBeyondTyping);
  const app = <App store={store} {...keyHandler} />;
  // Ink uses only those parts of stdin and stdout that these two have, though its types ask for all.
  const stdin = input.keys as unknown as NodeJS.ReadStream;
  if (!(output instanceof FrameOutput)) {
    const { stdout } = output;
    return render(app, { ...inkOptions, stdin, stdout, isScreenReaderEnabled: true });
  }
  const stdout = output as unknown as NodeJS.WriteStream;
  return render(app, { ...inkOptions, stdin, stdout, alternateScreen: true });
}
