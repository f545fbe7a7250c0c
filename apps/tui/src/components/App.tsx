// The whole screen, and what its keys do.

import { Box, Text, useCursor, useInput } from 'ink';
import { useHomeCursor } from '../hooks/use-home-cursor.ts';
import { useStore } from '../hooks/use-store.ts';
import { type Command, commandsOf } from '../input/commands.ts';
import { cellOf, isLargeEnough, NOTICE_ROWS } from '../screen/layout.ts';
import {
  askingLine,
  HELP,
  HELP_TOO_SMALL,
  serviceLine,
  TITLE,
  tooSmallLine,
} from '../screen/wording.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { AnswerPanel } from './AnswerPanel.tsx';
import { CanvasBox } from './CanvasBox.tsx';
import { ColourContext, Row } from './Row.tsx';

type AppProps = {
  readonly store: Store;
  /** Whether the terminal's colours may be used. */
  readonly isColoured: boolean;
  readonly onAsk: () => void;
  readonly onQuit: () => void;
};

export function App({ store, isColoured, onAsk, onQuit }: AppProps) {
  useHomeCursor();
  const state = useStore(store);
  const isDrawable = isLargeEnough(state.window);

  function carryOut(command: Command): void {
    if (command.kind === 'quit') onQuit();
    else if (!isDrawable) return;
    else if (command.kind === 'ask') onAsk();
    else store.dispatch(command.action);
  }

  useInput((input, key) => commandsOf(input, key).forEach(carryOut));

  // Without colour a pixel cannot be marked: the terminal's own cursor shows the pen's cell.
  const { setCursorPosition } = useCursor();
  const { column, row } = cellOf(state.pen.x, state.pen.y);
  const isCursorShown = !isColoured && isDrawable && state.pen.isShown;
  setCursorPosition(isCursorShown ? { x: column, y: row } : undefined);

  return (
    <ColourContext value={isColoured}>
      {isDrawable ? <Screen state={state} /> : <TooSmall state={state} />}
    </ColourContext>
  );
}

type ScreenProps = { readonly state: State };

/** Wrapped, not cut off: it has to be read in the smallest of windows. */
function TooSmall({ state }: ScreenProps) {
  return (
    <Box flexDirection="column">
      <Text>{tooSmallLine(state.window)}</Text>
      <Text>{HELP_TOO_SMALL}</Text>
    </Box>
  );
}

/** Wrapped as well, as far as there is room for it. */
function Notice({ state }: ScreenProps) {
  return (
    <Box minHeight={1} maxHeight={NOTICE_ROWS} flexShrink={0} overflowY="hidden">
      <Text>{askingLine(state)}</Text>
    </Box>
  );
}

function Screen({ state }: ScreenProps) {
  return (
    <Box flexDirection="column">
      <Row tone="strong">{TITLE}</Row>
      <Box>
        <CanvasBox raster={state.raster} pen={state.pen} />
        <AnswerPanel state={state} />
      </Box>
      <Row tone={state.service.kind === 'down' ? 'warning' : 'quiet'}>
        {serviceLine(state.service)}
      </Row>
      <Notice state={state} />
      <Row tone="quiet">{HELP}</Row>
    </Box>
  );
}
