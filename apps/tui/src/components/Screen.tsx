// The whole screen in a window that is large enough: title, canvas, what stands beside it, footer.

import { Box } from 'ink';
import { useMemo } from 'react';
import { gapOf, KEY_LIST_COLUMNS, type Layout } from '../screen/layout.ts';
import { saliencyOnCanvas } from '../screen/saliency.ts';
import { titleLine } from '../screen/status.ts';
import { isFormer } from '../screen/wording.ts';
import { rasterOf, type State } from '../state/state.ts';
import { AnswerPanel } from './AnswerPanel.tsx';
import { CanvasBox } from './CanvasBox.tsx';
import { type FieldEvents, Footer } from './Footer.tsx';
import { HelpPanel } from './HelpPanel.tsx';
import { Legend } from './Legend.tsx';
import { ConsentPanel, SummaryPanel } from './PracticePanel.tsx';
import { Row } from './Row.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

type ScreenProps = FieldEvents & { readonly state: State; readonly layout: Layout };

export function Screen({ state, layout, ...events }: ScreenProps) {
  const gap = gapOf(layout);
  return (
    <Box
      flexDirection="column"
      marginLeft={layout.left}
      marginTop={layout.top}
      width={layout.columns}
    >
      <Title state={state} />
      <Box marginY={layout.space} flexShrink={0}>
        <Canvas state={state} layout={layout} />
        <Box marginLeft={gap}>
          <Panel state={state} layout={layout} />
        </Box>
        {layout.areKeysShown && (
          <Box marginLeft={gap}>
            <HelpPanel columns={KEY_LIST_COLUMNS} />
          </Box>
        )}
      </Box>
      <Footer state={state} layout={layout} {...events} />
    </Box>
  );
}

function Title({ state }: { readonly state: State }) {
  const isPractice = state.practice !== undefined;
  return (
    <Box justifyContent="space-between">
      <Row tone={isPractice ? 'accent' : 'strong'}>{titleLine(state)}</Row>
      {state.isExplaining && <Legend />}
    </Box>
  );
}

type PartProps = { readonly state: State; readonly layout: Layout };

function Canvas({ state, layout }: PartProps) {
  const raster = rasterOf(state);
  const explained = state.isExplaining ? state.answer : undefined;
  const saliency = useMemo(() => {
    const { seen, saliency: values } = explained?.prediction ?? {};
    if (explained === undefined || seen === undefined || values === undefined) return undefined;
    return saliencyOnCanvas(explained.raster, { seen, saliency: values });
  }, [explained]);
  return <CanvasBox raster={raster} pen={state.pen} saliency={saliency} layout={layout} />;
}

function Panel({ state, layout }: PartProps) {
  const { mode, settings, practice, answer } = state;
  const columns = layout.panelColumns;
  if (mode.kind === 'help') return <HelpPanel columns={columns} />;
  if (mode.kind === 'consenting') return <ConsentPanel columns={columns} />;
  if (mode.kind === 'settings' || (mode.kind === 'typing' && mode.purpose === 'address')) {
    const row = mode.kind === 'settings' ? mode.row : 0;
    return <SettingsPanel settings={settings} row={row} columns={columns} />;
  }
  if (mode.kind === 'summary' && practice !== undefined) {
    return <SummaryPanel practice={practice} columns={columns} />;
  }
  return <AnswerPanel prediction={answer?.prediction} isFormer={isFormer(state)} layout={layout} />;
}
