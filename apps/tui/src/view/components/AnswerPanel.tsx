// Beside the canvas: the digit in words and as a large figure, how certain it is, a bar for each
// class, and what the network saw.

import { Box } from 'ink';
import { memo, useContext } from 'react';
import { classCount, type Prediction, topClassOf } from '../../state/prediction.ts';
import { gapColumns, type Layout } from '../layout.ts';
import { barLine } from '../text/bars.ts';
import { bigDigitRows, bigDigitSize } from '../text/big-digit.ts';
import { bigDigitOf, confidenceLine, digitLine, modelLine } from '../text/wording.ts';
import { inTone, type Tone } from '../tones.ts';
import { DisplayStyleContext, Row } from './Row.tsx';
import { Rows } from './Rows.tsx';
import { NetworkInput } from './SeenPicture.tsx';

const digits = Array.from({ length: classCount }, (_, digit) => digit);

/** A bar's line holds the digit, the percentage and two spaces besides the bar. */
const otherBarColumns = '0  100.0 %'.length;

interface PredictionPanelProps {
  readonly prediction: Prediction | undefined;
  /** Whether it is about a drawing that has changed since. */
  readonly isStale: boolean;
  readonly layout: Layout;
}

export const PredictionPanel = memo(function AnswerPanel(props: PredictionPanelProps) {
  const { layout, prediction } = props;
  const seen = layout.isNetworkInputShown ? <NetworkInput prediction={prediction} /> : undefined;
  if (layout.isBigDigitAbove) {
    return (
      <Box flexDirection="column" width={layout.panelColumns}>
        <Verdict {...props} />
        <Box
          justifyContent="space-between"
          height={Math.max(bigDigitSize(layout.bigDigitScale).rows, 16)}
        >
          <Box paddingLeft={2} paddingTop={1}>
            <Figure {...props} />
          </Box>
          {seen}
        </Box>
        <Row>{''}</Row>
        <Bars {...props} columns={layout.predictionColumns} />
      </Box>
    );
  }
  const figure = bigDigitSize(layout.bigDigitScale);
  return (
    <Box width={layout.panelColumns}>
      <Box flexDirection="column" width={layout.predictionColumns} flexShrink={0}>
        <Verdict {...props} />
        <Row>{''}</Row>
        <Box>
          <Bars {...props} columns={layout.predictionColumns - figure.columns - gapColumns} />
          <Box marginLeft={gapColumns} marginTop={1}>
            <Figure {...props} />
          </Box>
        </Box>
      </Box>
      {seen && <Box marginLeft={gapColumns}>{seen}</Box>}
    </Box>
  );
});

function toneOf({ prediction, isStale }: PredictionPanelProps): Tone {
  if (prediction === undefined || isStale) return 'quiet';
  return prediction.reason === null ? 'accent' : 'warning';
}

function Verdict(props: PredictionPanelProps) {
  const { prediction, isStale } = props;
  if (prediction === undefined) {
    return (
      <>
        <Row tone="strong">Digit:</Row>
        <Row tone="quiet">not asked yet</Row>
        <Row>{''}</Row>
      </>
    );
  }
  const certainty = confidenceLine(prediction);
  return (
    <>
      <Row tone={toneOf(props)}>{digitLine(prediction)}</Row>
      <Row tone={toneOf(props)}>{isStale ? `${certainty} (former drawing)` : certainty}</Row>
      <Row tone="quiet">{modelLine(prediction)}</Row>
    </>
  );
}

function Figure(props: PredictionPanelProps) {
  const style = useContext(DisplayStyleContext);
  const { prediction, layout } = props;
  const digit = prediction && bigDigitOf(prediction);
  const rows = bigDigitRows(digit, layout.bigDigitScale, style.glyphs);
  const { columns } = bigDigitSize(layout.bigDigitScale);
  return <Rows rows={rows.map(row => inTone(row, toneOf(props), style))} columns={columns} />;
}

/** A line for each class; without an answer there is nothing to measure. */
function Bars(props: PredictionPanelProps & { readonly columns: number }) {
  const style = useContext(DisplayStyleContext);
  const { prediction, isStale, columns } = props;
  const best = prediction && topClassOf(prediction).digit;
  const rows = digits.map(digit => {
    if (prediction === undefined) return inTone(`${digit}`, 'quiet', style);
    const probability = prediction.probabilities[digit] ?? 0;
    const text = barLine(digit, probability, columns - otherBarColumns, style.glyphs);
    return inTone(text, isStale ? 'quiet' : digit === best ? 'accent' : 'plain', style);
  });
  return <Rows rows={rows} columns={columns} />;
}
