// Beside the canvas: the predicted digit in words and as a big digit, the confidence, a bar for each
// class, and the network's input. Of a refused prediction nothing is in the colour of success.

import { digitCount } from '@digits/protocol/constants';
import { Box } from 'ink';
import { memo, useContext } from 'react';
import { type Prediction, topClassOf } from '../../../state/prediction.ts';
import { gapColumns, type Layout } from '../../layout.ts';
import { barLine } from '../../text/bars.ts';
import { bigDigitRows, bigDigitSize } from '../../text/big-digit.ts';
import { bigDigitOf, confidenceLine, digitLine, modelLine } from '../../text/prediction.ts';
import { inTone, type Tone } from '../../tones.ts';
import { DisplayStyleContext, Row, Rows } from '../Row.tsx';
import { NetworkInput, networkInputRows } from './NetworkInput.tsx';

const digits = Array.from({ length: digitCount }, (_, digit) => digit);

/** A bar's line holds the digit, the percentage and two spaces besides the bar. */
const otherBarColumns = '0  100.0 %'.length;

interface PredictionPanelProps {
  readonly prediction: Prediction | undefined;
  /** Whether it is about an earlier drawing. */
  readonly isStale: boolean;
  readonly layout: Layout;
}

export const PredictionPanel = memo(function PredictionPanel(props: PredictionPanelProps) {
  return props.layout.isBigDigitAbove ? <HighPanel {...props} /> : <WidePanel {...props} />;
});

/** The big digit above the bars, the network's input beside it. */
function HighPanel(props: PredictionPanelProps) {
  const { layout } = props;
  return (
    <Box flexDirection="column" width={layout.panelColumns}>
      <Lines {...props} />
      <Box
        justifyContent="space-between"
        height={Math.max(bigDigitSize(layout.bigDigitScale).rows, networkInputRows)}
      >
        <Box paddingLeft={2} paddingTop={1}>
          <BigDigit {...props} />
        </Box>
        <NetworkInput {...props} />
      </Box>
      <Row>{''}</Row>
      <Bars {...props} columns={layout.predictionColumns} />
    </Box>
  );
}

/** The big digit beside the bars, the network's input beside or below both. */
function WidePanel(props: PredictionPanelProps) {
  const { layout } = props;
  const { columns } = bigDigitSize(layout.bigDigitScale);
  const isBelow = layout.networkInput === 'below';
  return (
    <Box width={layout.panelColumns} flexDirection={isBelow ? 'column' : 'row'}>
      <Box flexDirection="column" width={layout.predictionColumns} flexShrink={0}>
        <Lines {...props} />
        <Row>{''}</Row>
        <Box>
          <Bars {...props} columns={layout.predictionColumns - columns - gapColumns} />
          <Box marginLeft={gapColumns} marginTop={1}>
            <BigDigit {...props} />
          </Box>
        </Box>
      </Box>
      {layout.networkInput !== 'none' && (
        <Box marginLeft={isBelow ? 0 : gapColumns}>
          <NetworkInput {...props} />
        </Box>
      )}
    </Box>
  );
}

function toneOf({ prediction, isStale }: PredictionPanelProps): Tone {
  if (prediction === undefined || isStale) return 'quiet';
  return prediction.reason === null ? 'accent' : 'warning';
}

/** The digit, the confidence and the model, a line each. */
function Lines(props: PredictionPanelProps) {
  const { prediction, isStale } = props;
  if (prediction === undefined) {
    return (
      <>
        <Row tone="strong">Digit:</Row>
        <Row tone="quiet">no prediction yet</Row>
        <Row>{''}</Row>
      </>
    );
  }
  const confidence = confidenceLine(prediction);
  return (
    <>
      <Row tone={toneOf(props)}>{digitLine(prediction)}</Row>
      <Row tone={toneOf(props)}>{isStale ? `${confidence} (outdated)` : confidence}</Row>
      <Row tone="quiet">{modelLine(prediction)}</Row>
    </>
  );
}

function BigDigit(props: PredictionPanelProps) {
  const style = useContext(DisplayStyleContext);
  const { prediction, layout } = props;
  const digit = prediction && bigDigitOf(prediction);
  const rows = bigDigitRows(digit, layout.bigDigitScale, style.glyphs);
  const { columns } = bigDigitSize(layout.bigDigitScale);
  return <Rows rows={rows.map(row => inTone(row, toneOf(props), style))} columns={columns} />;
}

/** A line for each class; only the digits without a prediction. */
function Bars(props: PredictionPanelProps & { readonly columns: number }) {
  const style = useContext(DisplayStyleContext);
  const { prediction, isStale, columns } = props;
  const best = prediction && topClassOf(prediction).digit;
  const rows = digits.map(digit => {
    if (prediction === undefined) return inTone(`${digit}`, 'quiet', style);
    const probability = prediction.probabilities[digit] ?? 0;
    const text = barLine(digit, probability, columns - otherBarColumns, style.glyphs);
    return inTone(text, isStale ? 'quiet' : digit === best ? toneOf(props) : 'plain', style);
  });
  return <Rows rows={rows} columns={columns} />;
}
