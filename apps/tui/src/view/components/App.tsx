// The whole app on the screen, and what its keys do.

import { Box, Text, useInput, useIsScreenReaderEnabled, usePaste } from 'ink';
import { useMemo } from 'react';
import { type Command, commandsOf, splitKeys } from '../../input/commands.ts';
import { type State, themeChoiceOf } from '../../state/state.ts';
import type { Store } from '../../state/store.ts';
import { displayStyleOf } from '../display-style.ts';
import { layoutOf } from '../layout.ts';
import { isPanelEqual } from '../panel-equality.ts';
import { tooSmallHint, tooSmallLine } from '../text/wording.ts';
import { useStore } from '../use-store.ts';
import { DisplayStyleContext } from './Row.tsx';
import { Screen } from './Screen.tsx';
import { SpokenScreen } from './SpokenScreen.tsx';

interface AppProps {
  readonly store: Store;
  readonly onCommand: (command: Command) => void;
  /** Enter in a text field. */
  readonly onSubmit: (text: string) => void;
}

export function App({ store, onCommand, onSubmit }: AppProps) {
  const isSpoken = useIsScreenReaderEnabled();
  // What is spoken tells of the drawing itself.
  const state = useStore(store, isSpoken ? Object.is : isPanelEqual);
  const { capabilities, isAscii } = state;
  const theme = themeChoiceOf(state);
  const layout = useMemo(() => layoutOf(state.window), [state.window]);
  const style = useMemo(
    () => displayStyleOf(capabilities, theme, isAscii),
    [capabilities, theme, isAscii],
  );
  const isUsable = isSpoken || layout !== undefined;
  const onText = (text: string) => store.dispatch({ type: 'text-changed', text });

  useInput((input, key) => {
    for (const each of splitKeys(input, store.getState())) {
      const commands = commandsOf(each, key, store.getState(), performance.now());
      // In a window that shows nothing there is nothing to do but leave.
      commands.filter(({ type }) => isUsable || type === 'quit').forEach(onCommand);
    }
  });
  // Pasted text is no keys: outside a text field it is nothing.
  usePaste(text => {
    const { mode } = store.getState();
    if (mode.type === 'typing') onText(mode.text + text);
  });

  if (isSpoken) return <SpokenScreen state={state} onText={onText} onSubmit={onSubmit} />;
  return (
    <DisplayStyleContext value={style}>
      {layout === undefined ? (
        <TooSmall state={state} />
      ) : (
        <Screen state={state} layout={layout} onText={onText} onSubmit={onSubmit} />
      )}
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
