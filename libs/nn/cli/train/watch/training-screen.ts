// Shows a training on a terminal as a screen with curves, filters and mistakes, and controls it by keys. What
// would have been printed as lines is printed when the screen closes.

import type { TrainingEvent as TrainingEventRecord } from '@digits/protocol';
import {
  type Colours,
  fitText,
  minTrainingScreen,
  type Style,
  startTrainingView,
  trainingScreenRows,
  withPause,
  withTrainingEvent,
} from '@digits/screen';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';
import type { CommandContext, InputStream, OutputStream } from '../../shared/command.ts';
import type { TrainingCommandOptions } from '../plan/options.ts';
import { createTrainingReport, type TrainingReport } from '../progress.ts';
import type { TrainingControl } from './control.ts';
import { type FullScreen, openFullScreen, type Terminal } from './full-screen.ts';

/** Everything that the screen needs. */
export interface TrainingScreenParts {
  readonly stdin: InputStream;
  readonly stdout: Terminal;
  readonly control: TrainingControl;
  readonly configuration: TrainingConfiguration;
  readonly title: string;
  readonly style: Style;
}

/** Ten frames a second look continuous. */
const frameMs = 100;

/**
 * The style of a terminal that can show the screen: large enough, with colours and with keys.
 *
 * @returns undefined if lines are to be printed instead
 */
export function trainingScreenStyle(
  { stdin, stdout }: Pick<CommandContext, 'stdin' | 'stdout'>,
  { json, plain }: Pick<TrainingCommandOptions, 'json' | 'plain'>,
  env: NodeJS.ProcessEnv,
): Style | undefined {
  const { columns = 0, rows = 0, isTTY }: Terminal = stdout;
  if (json || plain || !isTTY || !stdin?.isTTY || env['TERM'] === 'dumb') return undefined;
  if (columns < minTrainingScreen.columns || rows < minTrainingScreen.rows) return undefined;
  const colours = coloursOfDepth[colourDepthOf(stdout, env)];
  if (colours === undefined) return undefined;
  return { colours, theme: themeOf(env), glyphs: 'unicode' };
}

/** Any FORCE_COLOR but a number means at least 16 colours: Nx sets it to true on every terminal. */
function colourDepthOf(stdout: Terminal, { FORCE_COLOR = '', ...env }: NodeJS.ProcessEnv): number {
  return stdout.getColorDepth?.(/^[0-3]$/.test(FORCE_COLOR) ? { ...env, FORCE_COLOR } : env) ?? 1;
}

/** The depths that Node names, which follow NO_COLOR and FORCE_COLOR. */
const coloursOfDepth: Readonly<Record<number, Colours>> = { 4: 16, 8: 256, 24: 'full' };

/** Some terminals name the palette's index of their background in COLORFGBG; white is 7 or 15. */
function themeOf({ COLORFGBG = '' }: NodeJS.ProcessEnv): Style['theme'] {
  return /;(7|15)$/.test(COLORFGBG) ? 'light' : 'dark';
}

/** Opens the screen. It closes when the training is done, at `end`, and by the key q. */
export function createTrainingScreen(parts: TrainingScreenParts): TrainingReport {
  const { stdin, stdout, control, configuration, title, style } = parts;
  const transcript = createTranscript(stdout);
  const lines = createTrainingReport(transcript.stream, configuration, control.nowMs);
  let view = startTrainingView(
    title,
    configuration.phases.map(({ epochs }) => epochs),
  );
  let showsMistakes = false;
  let drawnMs = Number.NEGATIVE_INFINITY;

  const draw = (screen: FullScreen) => {
    drawnMs = performance.now();
    const size = screen.size();
    const keys = keysLine(view.isPaused, showsMistakes, control.isSaved());
    screen.draw(
      size.columns < minTrainingScreen.columns || size.rows < minTrainingScreen.rows
        ? [fitText('The window is too small: 80×24 at least.', size.columns)]
        : trainingScreenRows(view, { keys, showsMistakes }, size, style),
    );
  };
  const close = () => {
    screen.close();
    transcript.release();
  };
  const onKey = (key: string) => {
    if (key === 'p' || key === ' ') {
      if (control.isPaused()) control.goOn();
      else control.pause();
      view = withPause(view, control.isPaused());
    }
    if (key === 'm') showsMistakes = !showsMistakes;
    if (key === 's' || key === '\u{3}') control.stop();
    if (key === 'q') close();
    draw(screen);
  };
  const screen = openFullScreen(stdout, stdin, { onKey, onResize: () => draw(screen) });
  const update = (event: TrainingEventRecord) => {
    view = withTrainingEvent(view, event, control.nowMs());
    if (performance.now() - drawnMs >= frameMs) draw(screen);
  };
  draw(screen);
  return {
    print: lines.print,
    show(event) {
      lines.show(event);
      if (event.type === 'done') close();
      else if (event.type !== 'checkpoint') update(event);
    },
    observe(event) {
      lines.observe(event);
      update(event);
    },
    showSynthesis(event) {
      lines.showSynthesis(event);
      update(event);
    },
    end() {
      close();
      lines.end();
    },
  };
}

function keysLine(isPaused: boolean, showsMistakes: boolean, isSaved: boolean): string {
  return [
    isPaused ? 'p go on' : 'p pause',
    showsMistakes ? 'm filters' : 'm mistakes',
    isSaved ? 's stop, keep the checkpoint' : 's stop',
    'q close this screen, train on',
  ].join('   ');
}

/** Holds back what is written to a terminal until it is released. */
function createTranscript(stdout: OutputStream) {
  let held: string[] | undefined = [];
  const write = (text: string) => {
    if (held) held.push(text);
    else stdout.write(text);
    return true;
  };
  // Not a terminal: it has no progress bar.
  const stream = Object.create(stdout, {
    write: { value: write },
    isTTY: { value: false },
  }) as OutputStream;
  return {
    stream,
    release() {
      const text = held?.join('') ?? '';
      held = undefined;
      if (text !== '') stdout.write(text);
    },
  };
}
