// A panel of the grid: a border with texts in its edges, and content within. Panels are placed by the
// layout and not by Ink, so that the mouse finds what is drawn.

import { type BorderTexts, borderOf, type EdgeText } from '@digits/screen';
import { Box, Text } from 'ink';
import { memo, type ReactNode, useContext } from 'react';
import { type Area, contentOf } from '../layout.ts';
import { DisplayStyleContext, StyledRow } from './Row.tsx';

interface PlacedProps {
  readonly area: Area;
  readonly children?: ReactNode;
}

/** Content in an area of the screen, or of another area; what does not fit is cut off. */
export function Placed({ area, children }: PlacedProps) {
  const { left, top, columns, rows } = area;
  return (
    <Box
      position="absolute"
      left={left}
      top={top}
      width={columns}
      height={rows}
      flexDirection="column"
      overflow="hidden"
    >
      {children}
    </Box>
  );
}

interface PanelProps extends PlacedProps {
  readonly title: string;
  readonly topRight?: EdgeText;
  readonly bottomLeft?: string;
  readonly bottomRight?: string;
}

export function Panel({ area, title, topRight, bottomLeft, bottomRight, children }: PanelProps) {
  return (
    <>
      <PanelBorder
        {...area}
        title={title}
        rightText={topRight?.text ?? ''}
        rightTone={topRight?.tone ?? 'quiet'}
        bottomLeft={bottomLeft ?? ''}
        bottomRight={bottomRight ?? ''}
      />
      <Placed area={contentOf(area)}>{children}</Placed>
    </>
  );
}

interface PanelBorderProps extends Area {
  readonly title: string;
  readonly rightText: string;
  readonly rightTone: EdgeText['tone'];
  readonly bottomLeft: string;
  readonly bottomRight: string;
}

/** Its properties are compared one by one: most frames change no border. */
const PanelBorder = memo(function PanelBorder(props: PanelBorderProps) {
  const { left, top, columns, rows } = props;
  const texts: BorderTexts = {
    title: { text: props.title, tone: 'strong' },
    topRight: { text: props.rightText, tone: props.rightTone },
    bottomLeft: { text: props.bottomLeft, tone: 'quiet' },
    bottomRight: { text: props.bottomRight, tone: 'quiet' },
  };
  const border = borderOf(columns - 2, texts, useContext(DisplayStyleContext));
  const sides = border.sides(0);
  const column = (side: string) =>
    Array(rows - 2)
      .fill(side)
      .join('\n');
  return (
    <>
      <Placed area={{ left, top, columns, rows: 1 }}>
        <StyledRow text={border.top} />
      </Placed>
      <Placed area={{ left, top: top + 1, columns: 1, rows: rows - 2 }}>
        <Text>{column(sides[0])}</Text>
      </Placed>
      <Placed area={{ left: left + columns - 1, top: top + 1, columns: 1, rows: rows - 2 }}>
        <Text>{column(sides[1])}</Text>
      </Placed>
      <Placed area={{ left, top: top + rows - 1, columns, rows: 1 }}>
        <StyledRow text={border.bottom} />
      </Placed>
    </>
  );
});
