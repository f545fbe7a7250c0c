// Puts the parts together: store, service, input, screen, and the ways out.

import { type Instance, type RenderOptions, render } from 'ink';
import { App } from './components/App.tsx';
import { actionsOf } from './input/pointing.ts';
import { createLeaving } from './leaving.ts';
import type { WindowSize } from './screen/layout.ts';
import { createConnection } from './service/connection.ts';
import { createAsking } from './state/asking.ts';
import { initialState } from './state/state.ts';
import { createStore, type Store } from './state/store.ts';
import { CLEAR_SCREEN, LEAVE_SCREEN, MOUSE_OFF } from './terminal/control-sequences.ts';
import { createTerminalInput, type TerminalInput } from './terminal/terminal-input.ts';
import { watchWaysOut } from './terminal/ways-out.ts';

export type AppOptions = {
  readonly apiUrl: string;
  /** Whether the person named that address. */
  readonly isApiChosen: boolean;
  /** The main module of the service to start where none answers. */
  readonly embeddedEntry: string;
  readonly isColoured: boolean;
};

const { stdin, stdout, stderr } = process;

const INK_OPTIONS = {
  alternateScreen: true,
  incrementalRendering: true,
  // Leaving is done here, in an order that Ink's own Ctrl+C does not keep.
  exitOnCtrlC: false,
  // CI or not, this is a terminal.
  interactive: true,
  maxFps: 60,
} as const satisfies RenderOptions;

/** Shows the first frame before it returns, then looks for a service. Stdin and stdout are TTYs. */
export function runApp({ apiUrl, isApiChosen, embeddedEntry, isColoured }: AppOptions): void {
  const store = createStore(initialState(windowSize(), { kind: 'looking', url: apiUrl }));
  const connection = createConnection({
    apiUrl,
    isChosen: isApiChosen,
    embeddedEntry,
    report: service => store.dispatch({ type: 'service-changed', service }),
  });
  const ask = createAsking({ store, connection });
  const input = createTerminalInput({
    stdin,
    stdout,
    onMouse: event => actionsOf(event, store.getState().window).forEach(store.dispatch),
  });
  let screen: Instance | undefined;
  const leave = createLeaving({
    restoreTerminal: () => restoreTerminal(screen, input),
    closeConnection: connection.close,
    sayLastWords: words => stderr.write(words),
    exit: code => process.exit(code),
  });
  watchWaysOut({ process, stdin, stdout }, leave);

  screen = render(
    <App
      store={store}
      isColoured={isColoured}
      onAsk={() => void ask()}
      onQuit={() => leave({ kind: 'quit' })}
    />,
    // Ink uses no more of a stdin than KeyStream has, whatever its type asks for.
    { ...INK_OPTIONS, stdin: input.keys as unknown as NodeJS.ReadStream },
  );
  screen.waitUntilExit().catch((error: unknown) => leave({ kind: 'crash', error }));
  redrawOnResize(screen, store);
  void connection.open();
}

/** A resized terminal has moved its rows about; all is drawn anew from the top left corner. */
function redrawOnResize(screen: Instance, store: Store): void {
  // Before Ink's own listener, which then finds nothing on the screen to build on.
  stdout.prependListener('resize', () => {
    screen.clear();
    stdout.write(CLEAR_SCREEN);
    store.dispatch({ type: 'window-resized', window: windowSize() });
  });
}

/** Ink puts back what it changed, the input what it took; by hand only if that fails. */
function restoreTerminal(screen: Instance | undefined, input: TerminalInput): void {
  try {
    screen?.unmount();
    input.release();
  } catch {
    try {
      stdout.write(MOUSE_OFF + LEAVE_SCREEN);
      stdin.setRawMode(false);
    } catch {
      // The terminal is gone: there is nothing left to restore.
    }
  }
}

/** Some terminals report no size; 80×24 is what they then are taken to be. */
function windowSize(): WindowSize {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}
