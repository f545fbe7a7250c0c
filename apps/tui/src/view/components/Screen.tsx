// The whole screen in a window that is large enough: title, canvas, side panel, keys, status.

import { isEvidenceShown } from '@digits/client';
import { Box, Text } from 'ink';
import { memo, useContext } from 'react';
import { isListShown } from '../../state/mode.ts';
import type { State } from '../../state/state.ts';
import { type InsetName, placeholderCells } from '../canvas/canvas-placeholder.ts';
import { evidenceSigns } from '../canvas/pixels.ts';
import type { Area, Layout } from '../layout.ts';
import { networkAreaOf } from '../network-inset.ts';
import { sideOf } from '../side.ts';
import { appName, titleLine } from '../text/status.ts';
import { inTone } from '../tones.ts';
import { KeyLines, KeysPanel } from './KeyLines.tsx';
import { Placed } from './Panel.tsx';
import { SidePanel } from './panels/SidePanel.tsx';
import { DisplayStyleContext, Row, StyledRow } from './Row.tsx';
import { StatusPanel } from './StatusPanel.tsx';

interface ScreenProps {
  readonly state: State;
  readonly layout: Layout;
}

export function Screen({ state, layout }: ScreenProps) {
  const { panels, header, keyLines } = layout;
  const { mode } = state;
  const network = networkAreaOf(state, layout);
  const side = sideOf(state, layout);
  const hasAnswer = side.type === 'answer';
  return (
    // Panels have places of their own, so the screen has to be as high as they need.
    <Box width={panels.status.columns} height={keyLines.top + keyLines.rows}>
      <Placed area={header}>
        <Title state={state} />
      </Placed>
      <Placeholder name="canvas" {...panels.canvas} />
      {network !== undefined && <Placeholder name="network" {...network} />}
      {hasAnswer && panels.digit !== undefined && <Placeholder name="digit" {...panels.digit} />}
      {(hasAnswer || side.type === 'training') && panels.answer !== undefined && (
        <Placeholder name="answer" {...panels.answer} />
      )}
      {hasAnswer && panels.seen !== undefined && <Placeholder name="seen" {...panels.seen} />}
      <SidePanel side={side} state={state} layout={layout} />
      {panels.keys !== undefined && (
        <KeysPanel area={panels.keys} isUsed={mode.type === 'drawing' || mode.type === 'help'} />
      )}
      <StatusPanel state={state} layout={layout} />
      <KeyLines state={state} layout={layout} />
    </Box>
  );
}

function Title({ state }: { readonly state: State }) {
  return (
    <Box justifyContent="space-between">
      {state.practice === undefined ? (
        <AppTitle state={state} />
      ) : (
        <Row tone="accent">{titleLine(state)}</Row>
      )}
      {isEvidenceShown(state) && !isListShown(state.mode) && <Legend />}
    </Box>
  );
}

function AppTitle({ state }: { readonly state: State }) {
  const style = useContext(DisplayStyleContext);
  const rest = titleLine(state).slice(appName.length);
  return <StyledRow text={inTone(appName, 'strong', style) + inTone(rest, 'quiet', style)} />;
}

/** What the colours or the signs of the evidence overlay mean. */
function Legend() {
  const style = useContext(DisplayStyleContext);
  const signs = (side: 'for' | 'against') => `${evidenceSigns[side].join(' ')} `;
  const text =
    style.colours === 'none'
      ? `${signs('for')}evidence for  ${signs('against')}against`
      : `${inTone('evidence for', 'for', style)}  ${inTone('against', 'against', style)}`;
  return (
    <Box flexShrink={0}>
      <StyledRow text={text} />
    </Box>
  );
}

interface PlaceholderProps extends Area {
  readonly name: InsetName;
}

/** The place of an inset with its border: see canvas/canvas-placeholder.ts. */
const Placeholder = memo(function Placeholder({ name, ...area }: PlaceholderProps) {
  const { left, columns, rows } = area;
  const edge = Array(rows).fill(placeholderCells[name]).join('\n');
  return (
    <>
      <Placed area={{ ...area, columns: 1 }}>
        <Text>{edge}</Text>
      </Placed>
      <Placed area={{ ...area, left: left + columns - 1, columns: 1 }}>
        <Text>{edge}</Text>
      </Placed>
    </>
  );
});
