// The network's input: the drawing cropped, scaled and centred by the preprocessing.

import { canvasPixelCount, canvasSide } from '@digits/canvas';
import { Box } from 'ink';
import { useContext, useMemo } from 'react';
import type { Prediction } from '../../../state/prediction.ts';
import { boxed } from '../../canvas/box.ts';
import { pictureRows } from '../../canvas/picture-rows.ts';
import { DisplayStyleContext, Rows } from '../Row.tsx';

const title = ' network input ';

/** The picture in half blocks and its box. */
export const networkInputRows = canvasSide / 2 + 2;

interface NetworkInputProps {
  readonly prediction: Prediction | undefined;
}

export function NetworkInput({ prediction }: NetworkInputProps) {
  const style = useContext(DisplayStyleContext);
  const seen = prediction?.seen;
  const rows = useMemo(() => {
    const raster = Uint8Array.from(
      { length: canvasPixelCount },
      (_, index) => 255 * (seen?.[index] ?? 0),
    );
    const picture = pictureRows({ raster }, 'half', style);
    const [top = '', ...others] = boxed(picture, canvasSide, style);
    return [top.slice(0, 3) + title + top.slice(3 + title.length), ...others];
  }, [seen, style]);
  return (
    <Box flexShrink={0}>
      <Rows rows={rows} columns={canvasSide + 2} />
    </Box>
  );
}
