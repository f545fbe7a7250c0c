// The network's input: the drawing cropped, scaled and centred by the preprocessing. Its box is empty
// until there is one.

import { canvasPixelCount, canvasSide } from '@digits/canvas';
import { Box } from 'ink';
import { useContext, useMemo } from 'react';
import type { Prediction } from '../../../state/prediction.ts';
import { boxed } from '../../canvas/box.ts';
import { pictureRows } from '../../canvas/picture-rows.ts';
import type { DisplayStyle } from '../../display-style.ts';
import { DisplayStyleContext, Rows } from '../Row.tsx';

/** The picture in half blocks and its box. */
export const networkInputRows = canvasSide / 2 + 2;

interface NetworkInputProps {
  readonly prediction: Prediction | undefined;
  /** Whether it is of an earlier drawing. */
  readonly isStale: boolean;
}

export function NetworkInput({ prediction, isStale }: NetworkInputProps) {
  const style = useContext(DisplayStyleContext);
  const seen = prediction?.seen;
  const rows = useMemo(() => {
    const title = isStale ? ' network input (outdated) ' : ' network input ';
    const [top = '', ...others] = boxed(inputRows(seen, style), canvasSide, style);
    return [top.slice(0, 2) + title + top.slice(2 + title.length), ...others];
  }, [seen, isStale, style]);
  return (
    <Box flexShrink={0}>
      <Rows rows={rows} columns={canvasSide + 2} />
    </Box>
  );
}

function inputRows(seen: readonly number[] | undefined, style: DisplayStyle): string[] {
  if (seen === undefined) return Array(canvasSide / 2).fill(' '.repeat(canvasSide));
  const raster = Uint8Array.from(
    { length: canvasPixelCount },
    (_, index) => 255 * (seen[index] ?? 0),
  );
  return pictureRows({ raster }, 'half', style);
}
