// Composes the app: store, service, terminal, effects, screen, exit.

import { formatPercent } from '@digits/client';
import type { Instance } from 'ink';
import { type CommandLine, defaultApiUrl } from './command-line.ts';
import { createEffects } from './effects/create-effects.ts';
import type { Effects } from './effects/execute-command.ts';
import { playSession, recordSession } from './effects/session-effects.ts';
import { mouseActions } from './input/mouse-actions.ts';
import { mouseKeys } from './input/mouse-keys.ts';
import type { Installation } from './installation.ts';
import { createConnection } from './service/connection.ts';
import { createServiceSwitch, type ServiceSwitch } from './service/service-switch.ts';
import { createOutput, showScreen } from './show-screen.tsx';
import { initialState, type State } from './state/state.ts';
import { createStore, type Store } from './state/store.ts';
import { windowSize } from './state/terminal.ts';
import { type LearningMemory, readLearningMemory } from './storage/learning-file.ts';
import type { SessionRecorder } from './storage/session-recorder.ts';
import { readSession } from './storage/session-replay.ts';
import { readSettings } from './storage/settings-file.ts';
import { readCapabilities, refine, withResponse } from './terminal/capabilities.ts';
import { answersQueries, leaveScreen, mouseOff } from './terminal/control-sequences.ts';
import { drainTerminal } from './terminal/drain-input.ts';
import { createShutdown, watchExitEvents } from './terminal/exit-events.ts';
import { isPlain, writePlainly } from './terminal/plain-output.ts';
import { createSuspender } from './terminal/suspend.ts';
import { createTerminalInput, type TerminalInput } from './terminal/terminal-input.ts';
import type { TerminalResponse } from './terminal/terminal-response.ts';
import { layoutIn, seenFormOf } from './view/layout.ts';
import { showsLayers } from './view/network-inset.ts';
import { FrameOutput } from './view/output/frame-output.ts';
import { learningLine } from './view/text/learning-line.ts';

export interface AppOptions extends CommandLine {
  readonly installation: Installation;
}

const { stdin, stdout, stderr, env } = process;

/**
 * Shows the first frame before it returns, then looks for a service. Stdin and stdout are TTYs.
 * @throws AppError for a session that cannot be written or played, before anything is shown
 */
export function runApp(options: AppOptions): void {
  const { replayFile, replaySpeed: speed, installation } = options;
  const replayed = replayFile === undefined ? undefined : readSession(replayFile);

  if (isPlain(env['TERM'])) writePlainly(stdout);
  const learningMemory = readLearningMemory(installation.files.learning);
  const store = createStore(stateAtStart(options, learningMemory));
  const recorder = recordSession(store, options.recordFile);
  const service = openService(store, options);

  const input = openInput(store, recorder, () => suspender.suspend());
  const suspender = createSuspender({
    process,
    stdout,
    releaseInput: input.release,
    retakeInput: input.retake,
    drawsFrames: !store.getState().capabilities.isScreenReader,
    redraw: () => output.redraw(),
  });
  const output = createOutput(store, suspender.terminal);

  let screen: Instance | undefined;
  let effects: Effects | undefined;
  const exit = createShutdown({
    restoreTerminal() {
      suspender.close();
      restoreTerminal(screen, input);
    },
    finishWork: async () => {
      await Promise.all([service.close(), effects?.flushed(), effects?.close()]);
    },
    writeCrashReport: report => stderr.write(report),
    exit: code => process.exit(code),
  });
  watchExitEvents({ process, stdin, stdout }, exit);

  effects = createEffects({
    store,
    service,
    mouse: input.mouse,
    display: {
      showsNetworkInput: state => seenFormOf(layoutIn(state)) !== 'none',
      showsLayers,
      learningLine,
      formatPercent,
    },
    learningMemory,
    seed: options.seed,
    installation,
    quit: () => exit({ type: 'quit' }),
  });
  screen = showScreen(store, { effects, input, output });
  screen.waitUntilExit().catch((error: unknown) => exit({ type: 'crash', error }));

  stdout.on('resize', () => {
    const window = windowSize(stdout);
    store.dispatch({ type: 'window-resized', window });
    if (output instanceof FrameOutput) output.resized();
    input.resized();
    recorder?.resize(window.columns, window.rows);
  });
  if (answersQueries(env['TERM'])) input.query();
  service.connectTo(options.apiUrl ?? store.getState().settings.apiUrl);
  if (replayed !== undefined) void playSession(replayed, { store, input, speed });
}

function stateAtStart(
  { isAscii, isScreenReader, apiUrl, theme, installation }: AppOptions,
  { confirmed }: LearningMemory,
): State {
  const settings = readSettings(installation.files.settings);
  const state = initialState({
    window: windowSize(stdout),
    capabilities: readCapabilities(env, { screenReader: isScreenReader }),
    isAscii,
    settings,
    sessionTheme: theme,
    service: {
      status: 'looking',
      origin: apiUrl === undefined ? 'found' : 'given',
      url: apiUrl ?? settings.apiUrl ?? defaultApiUrl,
    },
  });
  return { ...state, review: { ...state.review, confirmed } };
}

function openService(store: Store, { apiKey, installation }: AppOptions): ServiceSwitch {
  return createServiceSwitch(apiUrl =>
    createConnection({
      apiUrl: apiUrl ?? defaultApiUrl,
      isChosen: apiUrl !== undefined,
      apiKey,
      findService: installation.programs.findService,
      report: state => store.dispatch({ type: 'service-changed', service: state }),
    }),
  );
}

/** Opens the terminal's input; mouse events become actions and keys, its responses actions. */
function openInput(
  store: Store,
  recorder: SessionRecorder | undefined,
  onSuspend: () => void,
): TerminalInput {
  let responses: readonly TerminalResponse[] = [];
  const fromEnvironment = store.getState().capabilities;
  const input = createTerminalInput({
    stdin,
    stdout,
    onMouse(event) {
      const state = store.getState();
      // Sentences have no place for a canvas.
      if (state.capabilities.isScreenReader) return;
      mouseActions(event, state, performance.now()).forEach(store.dispatch);
      const keys = mouseKeys(event, state);
      if (keys !== '') input.keys.write(keys);
    },
    onResponse(response) {
      responses = withResponse(responses, response);
      const capabilities = refine(fromEnvironment, responses);
      store.dispatch({ type: 'capabilities-changed', capabilities });
    },
    onSuspend,
    isTextField: () => store.getState().mode.type === 'typing',
    batch: store.batch,
    drain: drainTerminal,
    ...(recorder && { onBytes: recorder.input }),
  });
  return input;
}

/** Ink restores what it changed, and so does the input; by hand only if one of them fails. */
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
