// Beside the canvas: the predicted digit in words and as a big digit, the confidence, and a bar for each
// class. Of a refused prediction nothing is in the colour of success.

import {
  bigDigitOf,
  confidenceLine,
  digitLine,
  modelLine,
  type Prediction,
  topClassOf,
} from '@digits/client';
import { digitCount } from '@digits/protocol/constants';
import { memo, useContext } from 'react';
import type { DisplayStyle } from '../../display-style.ts';
import { type Area, contentOf, type Layout, seenFormOf, smallPicture } from '../../layout.ts';
import { barLine, otherBarColumns } from '../../text/bars.ts';
import { bigDigitRows, bigDigitSize } from '../../text/big-digit.ts';
import { inTone, type Tone } from '../../tones.ts';
import { Panel, Placed } from '../Panel.tsx';
import { DisplayStyleContext, Row, Rows } from '../Row.tsx';
import { SeenPanel, SmallSeen } from './SeenPanel.tsx';

const digits = Array.from({ length: digitCount }, (_, digit) => digit);

const gapColumns = 2;

interface AnswerProps {
  readonly prediction: Prediction | undefined;
  /** Whether it is about an earlier drawing. */
  readonly isStale: boolean;
  readonly layout: Layout;
}

/** The answer, and where the window has a place for them the big digit and the network's input. */
export const AnswerPanels = memo(function AnswerPanels(props: AnswerProps) {
  const { prediction, isStale, layout } = props;
  const { answer, digit, seen } = layout.panels;
  const hasSmallPicture = seenFormOf(layout) === 'small';
  return (
    <>
      {digit !== undefined && <DigitPanel {...props} area={digit} />}
      {answer !== undefined && (
        <Panel
          area={answer}
          title={digit === undefined ? 'Answer' : 'Probabilities'}
          {...(isStale && { topRight: { text: 'outdated', tone: 'warning' } })}
          bottomLeft={prediction === undefined ? '' : modelText(prediction, answer.columns - 6)}
          bottomRight={hasSmallPicture ? 'what it saw' : ''}
        >
          <Answer {...props} area={contentOf(answer)} hasSmallPicture={hasSmallPicture} />
        </Panel>
      )}
      {seen !== undefined && <SeenPanel prediction={prediction} isStale={isStale} area={seen} />}
    </>
  );
});

/** The latency too, if it fits. */
function modelText(prediction: Prediction, columns: number): string {
  const line = modelLine(prediction);
  return line.length <= columns ? line : prediction.model.version;
}

interface ContentProps extends AnswerProps {
  readonly area: Area;
  readonly hasSmallPicture: boolean;
}

/** Lines above bars; beside the bars the big digit without a panel of its own, and the small picture. */
function Answer(props: ContentProps) {
  const { prediction, layout, area, hasSmallPicture } = props;
  if (area.rows < 2 + digits.length) return <Lines {...props} />;
  const hasDigit = layout.panels.digit === undefined;
  const { columns, rows } = bigDigitSize(1);
  const besideColumns = hasSmallPicture ? smallPicture.columns : hasDigit ? columns : 0;
  const besideLeft = area.columns - besideColumns;
  const barColumns = besideColumns === 0 ? area.columns : besideLeft - gapColumns;
  const barsTop = area.rows - digits.length >= 3 ? 3 : 2;
  const digitPlace = {
    left: area.columns - columns - Math.floor((besideColumns - columns) / 2),
    top: hasSmallPicture ? 0 : barsTop + 1,
  };
  return (
    <>
      <Placed
        area={{ left: 0, top: 0, columns: hasSmallPicture ? barColumns : area.columns, rows: 2 }}
      >
        <Lines {...props} />
      </Placed>
      <Placed area={{ left: 0, top: barsTop, columns: barColumns, rows: digits.length }}>
        <Bars {...props} columns={barColumns} />
      </Placed>
      {hasDigit && (
        <Placed area={{ ...digitPlace, columns, rows }}>
          <BigDigit {...props} scale={1} />
        </Placed>
      )}
      {hasSmallPicture && (
        <Placed area={{ left: besideLeft, top: area.rows - smallPicture.rows, ...smallPicture }}>
          <SmallSeen prediction={prediction} />
        </Placed>
      )}
    </>
  );
}

/** The big digit in the middle of its panel. */
function DigitPanel({ area, ...props }: AnswerProps & { readonly area: Area }) {
  const content = contentOf(area);
  const size = bigDigitSize(2);
  const left = Math.floor((content.columns - size.columns) / 2);
  const top = Math.floor((content.rows - size.rows) / 2);
  return (
    <Panel area={area} title="Answer">
      <Placed area={{ left, top, ...size }}>
        <BigDigit {...props} scale={2} />
      </Placed>
    </Panel>
  );
}

function toneOf({ prediction, isStale }: AnswerProps): Tone {
  if (prediction === undefined || isStale) return 'quiet';
  return prediction.reason === null ? 'accent' : 'warning';
}

/** The digit and the confidence, a line each. */
function Lines(props: AnswerProps) {
  const { prediction } = props;
  if (prediction === undefined) {
    return (
      <>
        <Row tone="strong">Digit:</Row>
        <Row tone="quiet">no prediction yet</Row>
      </>
    );
  }
  return (
    <>
      <Row tone={toneOf(props)}>{digitLine(prediction)}</Row>
      <Row tone={toneOf(props)}>{confidenceLine(prediction)}</Row>
    </>
  );
}

function BigDigit(props: AnswerProps & { readonly scale: number }) {
  const style = useContext(DisplayStyleContext);
  const { prediction, scale } = props;
  const digit = prediction && bigDigitOf(prediction);
  const rows = bigDigitRows(digit, scale, style.glyphs);
  const { columns } = bigDigitSize(scale);
  return <Rows rows={rows.map(row => inTone(row, toneOf(props), style))} columns={columns} />;
}

/** A line for each class; only the digits without a prediction. */
function Bars(props: AnswerProps & { readonly columns: number }) {
  const style = useContext(DisplayStyleContext);
  const { columns } = props;
  return <Rows rows={digits.map(digit => barRow(digit, props, style))} columns={columns} />;
}

/** Of the other classes the bars are quiet, so that the eye finds the best one. */
function barRow(
  digit: number,
  props: AnswerProps & { readonly columns: number },
  style: DisplayStyle,
): string {
  const { prediction, isStale, columns } = props;
  if (prediction === undefined) return inTone(`${digit}`, 'quiet', style);
  const probability = prediction.probabilities[digit] ?? 0;
  const text = barLine(digit, probability, columns - otherBarColumns, style.glyphs);
  const isBest = topClassOf(prediction).digit === digit;
  return inTone(text, isStale ? 'quiet' : isBest ? toneOf(props) : 'plain', style);
}
