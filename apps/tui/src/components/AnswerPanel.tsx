// Beside the canvas: the digit, how certain it is, a bar for each class, and where the pen is.

import { Box } from 'ink';
import { barLine } from '../screen/bars.ts';
import { BOX_COLUMNS, NEEDED } from '../screen/layout.ts';
import { certaintyLine, digitLine, likeliest } from '../screen/wording.ts';
import { CLASSES } from '../service/answers.ts';
import type { KeyboardPen, State } from '../state/state.ts';
import { Row, type Tone } from './Row.tsx';

const GAP_COLUMNS = 2;

/** A bar's line holds the digit, the percentage and two spaces besides the bar. */
const BAR_COLUMNS = NEEDED.columns - BOX_COLUMNS - GAP_COLUMNS - '0  100.0 %'.length;

const DIGITS = Array.from({ length: CLASSES }, (_, digit) => digit);

type AnswerPanelProps = { readonly state: State };

export function AnswerPanel({ state }: AnswerPanelProps) {
  return (
    <Box flexDirection="column" marginLeft={GAP_COLUMNS}>
      <Verdict state={state} />
      <Row>{''}</Row>
      <Bars state={state} />
      <Row>{''}</Row>
      <Row tone="quiet">{penLine(state.pen)}</Row>
    </Box>
  );
}

function Verdict({ state: { answer, raster } }: AnswerPanelProps) {
  if (answer === undefined) {
    return (
      <>
        <Row tone="strong">Digit:</Row>
        <Row tone="quiet">not asked yet</Row>
      </>
    );
  }
  const isCurrent = answer.raster === raster;
  const isCertain = answer.prediction.reason === null;
  const tone: Tone = !isCurrent ? 'quiet' : isCertain ? 'accent' : 'warning';
  const certainty = certaintyLine(answer.prediction);
  return (
    <>
      <Row tone={tone}>{digitLine(answer.prediction)}</Row>
      <Row tone={tone}>{isCurrent ? certainty : `${certainty} (former drawing)`}</Row>
    </>
  );
}

/** A line for each class; without an answer there is nothing to measure. */
function Bars({ state: { answer, raster } }: AnswerPanelProps) {
  if (answer === undefined) return DIGITS.map(digit => <Row key={digit}>{`${digit}`}</Row>);
  const { prediction } = answer;
  const isCurrent = answer.raster === raster;
  const best = likeliest(prediction).digit;
  return DIGITS.map(digit => (
    <Row key={digit} tone={!isCurrent ? 'quiet' : digit === best ? 'accent' : 'plain'}>
      {barLine(digit, prediction.probabilities[digit] ?? 0, BAR_COLUMNS)}
    </Row>
  ));
}

function penLine({ x, y, isDown, isShown }: KeyboardPen): string {
  return isShown ? `Pen ${isDown ? 'down' : 'up'} at column ${x + 1}, row ${y + 1}` : '';
}
