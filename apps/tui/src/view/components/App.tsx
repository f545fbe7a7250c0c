// The root component: subscribes to the store, passes keys and pasted text on, and chooses between
// the screen, its spoken form and the request for a larger window.

import { Box, type Key, Text, useInput, useIsScreenReaderEnabled, usePaste } from 'ink';
import { useMemo } from 'react';
import { type State, themeChoiceOf } from '../../state/state.ts';
import type { Store } from '../../state/store.ts';
import { displayStyleOf } from '../display-style.ts';
import { layoutOf, viewOf } from '../layout.ts';
import { tooSmallHint, tooSmallLine } from '../text/status.ts';
import { isPanelEqual, useStore } from '../use-store.ts';
import { DisplayStyleContext } from './Row.tsx';
import { Screen } from './Screen.tsx';
import { SpokenScreen } from './SpokenScreen.tsx';

interface AppProps {
  readonly store: Store;
  /** Keys, as Ink parses them. */
  readonly onKey: (input: string, key: Key) => void;
  readonly onPaste: (text: string) => void;
}

/** The root component; Ink renders it. */
export function App({ store, onKey, onPaste }: AppProps) {
  const isSpoken = useIsScreenReaderEnabled();
  // The spoken screen describes the drawing itself.
  const state = useStore(store, isSpoken ? Object.is : isPanelEqual);
  const { capabilities, isAscii } = state;
  const theme = themeChoiceOf(state);
  const view = viewOf(state.mode);
  const layout = useMemo(() => layoutOf(state.window, view), [state.window, view]);
  const style = useMemo(
    () => displayStyleOf(capabilities, theme, isAscii),
    [capabilities, theme, isAscii],
  );
  useInput(onKey);
  usePaste(onPaste);

  if (isSpoken) return <SpokenScreen state={state} />;
  return (
    <DisplayStyleContext value={style}>
      {layout === undefined ? <TooSmall state={state} /> : <Screen state={state} layout={layout} />}
    </DisplayStyleContext>
  );
}

/** Wrapped, not cut off: it has to be read in the smallest of windows. */
function TooSmall({ state }: { readonly state: State }) {
  return (
    <Box flexDirection="column">
      <Text>{tooSmallLine(state.window)}</Text>
      <Text>{tooSmallHint}</Text>
    </Box>
  );
}
