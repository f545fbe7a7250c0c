// Beside the canvas: the digit in words and as a large figure, how certain it is, a bar for each
// class, and what the network saw.

import { Box } from 'ink';
import { memo, useContext } from 'react';
import { classCount, type Prediction, topClassOf } from '../../state/prediction.ts';
import { gapColumns, type Layout } from '../layout.ts';
import { barLine } from '../text/bars.ts';
import { figureRows, figureSize } from '../text/big-digit.ts';
import { certaintyLine, digitLine, figureOf, modelLine } from '../text/wording.ts';
import { inTone, type Tone } from '../tones.ts';
import { LookContext, Row } from './Row.tsx';
import { Rows } from './Rows.tsx';
import { SeenPicture } from './SeenPicture.tsx';

const digits = Array.from({ length: classCount }, (_, digit) => digit);

/** A bar's line holds the digit, the percentage and two spaces besides the bar. */
const otherBarColumns = '0  100.0 %'.length;

interface AnswerPanelProps {
  readonly prediction: Prediction | undefined;
  /** Whether it is about a drawing that has changed since. */
  readonly isFormer: boolean;
  readonly layout: Layout;
}

export const AnswerPanel = memo(function AnswerPanel(props: AnswerPanelProps) {
  const { layout, prediction } = props;
  const seen = layout.isSeenShown ? <SeenPicture prediction={prediction} /> : undefined;
  if (layout.isFigureAbove) {
    return (
      <Box flexDirection="column" width={layout.panelColumns}>
        <Verdict {...props} />
        <Box
          justifyContent="space-between"
          height={Math.max(figureSize(layout.figureScale).rows, 16)}
        >
          <Box paddingLeft={2} paddingTop={1}>
            <Figure {...props} />
          </Box>
          {seen}
        </Box>
        <Row>{''}</Row>
        <Bars {...props} columns={layout.answerColumns} />
      </Box>
    );
  }
  const figure = figureSize(layout.figureScale);
  return (
    <Box width={layout.panelColumns}>
      <Box flexDirection="column" width={layout.answerColumns} flexShrink={0}>
        <Verdict {...props} />
        <Row>{''}</Row>
        <Box>
          <Bars {...props} columns={layout.answerColumns - figure.columns - gapColumns} />
          <Box marginLeft={gapColumns} marginTop={1}>
            <Figure {...props} />
          </Box>
        </Box>
      </Box>
      {seen && <Box marginLeft={gapColumns}>{seen}</Box>}
    </Box>
  );
});

function toneOf({ prediction, isFormer }: AnswerPanelProps): Tone {
  if (prediction === undefined || isFormer) return 'quiet';
  return prediction.reason === null ? 'accent' : 'warning';
}

function Verdict(props: AnswerPanelProps) {
  const { prediction, isFormer } = props;
  if (prediction === undefined) {
    return (
      <>
        <Row tone="strong">Digit:</Row>
        <Row tone="quiet">not asked yet</Row>
        <Row>{''}</Row>
      </>
    );
  }
  const certainty = certaintyLine(prediction);
  return (
    <>
      <Row tone={toneOf(props)}>{digitLine(prediction)}</Row>
      <Row tone={toneOf(props)}>{isFormer ? `${certainty} (former drawing)` : certainty}</Row>
      <Row tone="quiet">{modelLine(prediction)}</Row>
    </>
  );
}

function Figure(props: AnswerPanelProps) {
  const look = useContext(LookContext);
  const { prediction, layout } = props;
  const digit = prediction && figureOf(prediction);
  const rows = figureRows(digit, layout.figureScale, look.glyphs);
  const { columns } = figureSize(layout.figureScale);
  return <Rows rows={rows.map(row => inTone(row, toneOf(props), look))} columns={columns} />;
}

/** A line for each class; without an answer there is nothing to measure. */
function Bars(props: AnswerPanelProps & { readonly columns: number }) {
  const look = useContext(LookContext);
  const { prediction, isFormer, columns } = props;
  const best = prediction && topClassOf(prediction).digit;
  const rows = digits.map(digit => {
    if (prediction === undefined) return inTone(`${digit}`, 'quiet', look);
    const probability = prediction.probabilities[digit] ?? 0;
    const text = barLine(digit, probability, columns - otherBarColumns, look.glyphs);
    return inTone(text, isFormer ? 'quiet' : digit === best ? 'accent' : 'plain', look);
  });
  return <Rows rows={rows} columns={columns} />;
}
