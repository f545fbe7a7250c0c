// Puts the parts together: store, service, input, screen, effects, and the ways out.

import { type Instance, type RenderOptions, render } from 'ink';
import type { CommandLine } from './command-line.ts';
import { defaultApiUrl } from './command-line.ts';
import { createEffects } from './effects/create-effects.ts';
import type { Effects } from './effects/execute-command.ts';
import { playSession, recordSession } from './effects/session-effects.ts';
import { createKeyHandler } from './input/key-handler.ts';
import { mouseActions } from './input/mouse-actions.ts';
import { PacedKeys } from './input/paced-keys.ts';
import { createConnection } from './service/connection.ts';
import { createServiceSwitch } from './service/service-switch.ts';
import { initialState, type State } from './state/state.ts';
import { createStore, type Store } from './state/store.ts';
import type { WindowSize } from './state/terminal.ts';
import type { SessionRecorder } from './storage/session-recorder.ts';
import { readSession } from './storage/session-replay.ts';
import { readSettings, settingsPath } from './storage/settings-file.ts';
import { readCapabilities, refine } from './terminal/capabilities.ts';
import { answersQueries, leaveScreen, mouseOff } from './terminal/control-sequences.ts';
import { createShutdown, watchExitEvents } from './terminal/exit-events.ts';
import { createSuspender, type TerminalOutput } from './terminal/suspend.ts';
import { createTerminalInput, type TerminalInput } from './terminal/terminal-input.ts';
import type { TerminalResponse } from './terminal/terminal-response.ts';
import { createCanvasInset } from './view/canvas/canvas-inset.ts';
import { App } from './view/components/App.tsx';
import { displayStyleIn } from './view/display-style.ts';
import { layoutOf } from './view/layout.ts';
import { FrameOutput } from './view/output/frame-output.ts';
import { formatPercent } from './view/text/bars.ts';
import { learningLine } from './view/text/learning-line.ts';

export type AppOptions = CommandLine & {
  /** The folder that has apps/ and libs/. */
  readonly workspace: string;
  /** The main module of the service to start where none answers. */
  readonly embeddedEntry: string;
};

const { stdin, stdout, stderr, env } = process;

const inkOptions = {
  // Leaving is done here, in an order that Ink's own Ctrl+C does not keep.
  exitOnCtrlC: false,
  // CI or not, this is a terminal.
  interactive: true,
  patchConsole: false,
  // A frame is a few milliseconds of work, and a hand is followed the better the sooner it comes.
  maxFps: 60,
} as const satisfies RenderOptions;

/**
 * Shows the first frame before it returns, then looks for a service. Stdin and stdout are TTYs.
 * @throws AppError for a session that cannot be written or played, before anything is shown
 */
export function runApp(options: AppOptions): void {
  const { replayFile, replaySpeed: speed } = options;
  const played = replayFile === undefined ? undefined : readSession(replayFile);
  const store = createStore(beginningOf(options));
  const recorder = recordSession(store, options.recordFile);
  const service = createServiceSwitch(apiUrl =>
    createConnection({
      apiUrl: apiUrl ?? defaultApiUrl,
      isChosen: apiUrl !== undefined,
      apiKey: options.apiKey,
      embeddedEntry: options.embeddedEntry,
      report: state => store.dispatch({ type: 'service-changed', service: state }),
    }),
  );
  const input = openInput(store, recorder, () => suspending.suspend());
  const suspending = createSuspender({
    process,
    stdout,
    releaseInput: input.release,
    retakeInput: input.retake,
    redraw: () => output.redraw(),
  });
  const output = openOutput(store, suspending.terminal);
  let screen: Instance | undefined;
  let effects: Effects | undefined;
  const leave = createShutdown({
    restoreTerminal: () => restoreTerminal(screen, input),
    finishWork: async () => {
      await Promise.all([service.close(), effects?.flushed(), effects?.close()]);
    },
    writeCrashReport: words => stderr.write(words),
    exit: code => process.exit(code),
  });
  watchExitEvents({ process, stdin, stdout }, leave);
  effects = createEffects({
    store,
    service,
    mouse: input.mouse,
    display: {
      showsNetworkInput: ({ window }) => layoutOf(window)?.isNetworkInputShown === true,
      learningLine,
      formatPercent,
    },
    env,
    seed: options.seed,
    workspace: options.workspace,
    quit: () => leave({ type: 'quit' }),
  });

  screen = showScreen(store, effects, { output, input });
  screen.waitUntilExit().catch((error: unknown) => leave({ type: 'crash', error }));
  followWindow(store, output, input, recorder);
  if (answersQueries(env['TERM'])) input.query();
  service.connectTo(options.apiUrl ?? store.getState().settings.apiUrl);
  if (played !== undefined) void playSession(played, { store, input, speed });
}

function beginningOf({ isAscii, apiUrl, theme }: AppOptions): State {
  const settings = readSettings(settingsPath(env));
  return initialState({
    window: windowSize(),
    capabilities: readCapabilities(env),
    isAscii,
    settings,
    sessionTheme: theme,
    service: {
      status: 'looking',
      origin: apiUrl === undefined ? 'found' : 'given',
      url: apiUrl ?? settings.apiUrl ?? defaultApiUrl,
    },
  });
}

/** A screen reader gets Ink's own lines, one under the other; eyes get frames. */
function showScreen(
  store: Store,
  effects: Effects,
  { output, input }: { readonly output: FrameOutput; readonly input: TerminalInput },
): Instance {
  const app = (
    <App
      store={store}
      {...createKeyHandler(store, effects.executeCommand)}
      onSubmit={effects.submit}
    />
  );
  // Ink uses no more of a stdin and a stdout than these have, whatever its types ask for.
  const isTyping = () => store.getState().mode.type === 'typing';
  const keys = new PacedKeys(input.keys, isTyping) as unknown as NodeJS.ReadStream;
  const isSpoken = store.getState().capabilities.isScreenReader;
  if (isSpoken) return render(app, { ...inkOptions, stdin: keys, isScreenReaderEnabled: true });
  const frames = output as unknown as NodeJS.WriteStream;
  return render(app, { ...inkOptions, stdin: keys, stdout: frames, alternateScreen: true });
}

function openInput(
  store: Store,
  recorder: SessionRecorder | undefined,
  onSuspend: () => void,
): TerminalInput {
  const answers: TerminalResponse[] = [];
  const environment = store.getState().capabilities;
  return createTerminalInput({
    stdin,
    stdout,
    onMouse: event =>
      mouseActions(event, store.getState().window, performance.now()).forEach(store.dispatch),
    onResponse(answer) {
      answers.push(answer);
      const capabilities = refine(environment, answers);
      store.dispatch({ type: 'capabilities-changed', capabilities });
    },
    onSuspend,
    ...(recorder && { onBytes: recorder.input }),
  });
}

/** The canvas follows the state by itself; it is there before anything else hears of a change. */
function openOutput(store: Store, terminal: TerminalOutput): FrameOutput {
  const canvas = createCanvasInset();
  const output = new FrameOutput(
    terminal,
    () => displayStyleIn(store.getState()),
    () => canvas(store.getState()),
  );
  store.subscribe(() => output.canvasMayHaveChanged());
  return output;
}

/** A resized terminal has moved its rows about; all is drawn anew. */
function followWindow(
  store: Store,
  output: FrameOutput,
  input: TerminalInput,
  recorder: SessionRecorder | undefined,
): void {
  stdout.on('resize', () => {
    const window = windowSize();
    store.dispatch({ type: 'window-resized', window });
    if (!store.getState().capabilities.isScreenReader) output.resized();
    input.resized();
    recorder?.resize(window.columns, window.rows);
  });
}

/** Ink puts back what it changed, the input what it took; by hand only if that fails. */
function restoreTerminal(screen: Instance | undefined, input: TerminalInput): void {
  try {
    screen?.unmount();
    input.release();
  } catch {
    try {
      stdout.write(mouseOff + leaveScreen);
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
