// Renders the app with Ink: as frames on the alternate screen, whose canvas bypasses Ink, or as
// lines for a screen reader.

import { type Instance, type RenderOptions, render } from 'ink';
import type { Effects } from './effects/execute-command.ts';
import { createKeyHandler } from './input/key-handler.ts';
import type { Store } from './state/store.ts';
import type { TerminalOutput } from './terminal/suspend.ts';
import type { TerminalInput } from './terminal/terminal-input.ts';
import { createCanvasInset } from './view/canvas/canvas-inset.ts';
import { App } from './view/components/App.tsx';
import { displayStyleIn, toAscii } from './view/display-style.ts';
import { FrameOutput } from './view/output/frame-output.ts';

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
 * @returns the output for frames. It writes the canvas by itself when the state changes, before any
 *   listener that subscribes later.
 */
export function createFrameOutput(store: Store, terminal: TerminalOutput): FrameOutput {
  const canvas = createCanvasInset();
  const output = new FrameOutput(
    terminal,
    () => displayStyleIn(store.getState()),
    () => canvas(store.getState()),
  );
  store.subscribe(() => output.canvasMayHaveChanged());
  return output;
}

interface ScreenOptions {
  readonly effects: Effects;
  readonly input: TerminalInput;
  readonly output: FrameOutput;
}

/** Renders the first frame before it returns. */
export function showScreen(store: Store, { effects, input, output }: ScreenOptions): Instance {
  const keyHandler = createKeyHandler(store, effects.executeCommand, input.isBeyondTyping);
  const app = <App store={store} {...keyHandler} />;
  // Ink uses only those parts of stdin and stdout that these two have, though its types ask for all.
  const stdin = input.keys as unknown as NodeJS.ReadStream;
  const { capabilities } = store.getState();
  if (capabilities.isScreenReader) {
    const { glyphs } = displayStyleIn(store.getState());
    const stdout = glyphs === 'ascii' ? asciiOutput(process.stdout) : process.stdout;
    return render(app, { ...inkOptions, stdin, stdout, isScreenReaderEnabled: true });
  }
  const stdout = output as unknown as NodeJS.WriteStream;
  return render(app, { ...inkOptions, stdin, stdout, alternateScreen: true });
}

/** The terminal's output, in ASCII; frames get that from the frame output. */
function asciiOutput(terminal: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (text: string, ...rest: [] | [(error?: Error | null) => void]) =>
    terminal.write(toAscii(text), ...rest);
  return Object.assign(Object.create(terminal), { write });
}
