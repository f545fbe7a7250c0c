// What the network saw of the drawing: cut out, scaled and centred.

import { canvasPixelCount, canvasSide } from '@digits/canvas';
import { Box } from 'ink';
import { useContext, useMemo } from 'react';
import type { Prediction } from '../../state/prediction.ts';
import { boxed } from '../canvas/box.ts';
import { pictureRows } from '../canvas/picture-rows.ts';
import { DisplayStyleContext } from './Row.tsx';
import { Rows } from './Rows.tsx';

const title = ' what the network saw ';

interface SeenPictureProps {
  readonly prediction: Prediction | undefined;
}

export function NetworkInput({ prediction }: SeenPictureProps) {
  const style = useContext(DisplayStyleContext);
  const seen = prediction?.seen;
  const rows = useMemo(() => {
    const raster = Uint8Array.from(
      { length: canvasPixelCount },
      (_, index) => 255 * (seen?.[index] ?? 0),
    );
    const [top = '', ...others] = boxed(pictureRows({ raster }, 'half', style), canvasSide, style);
    return [top.slice(0, 3) + title + top.slice(3 + title.length), ...others];
  }, [seen, style]);
  return (
    <Box flexShrink={0}>
      <Rows rows={rows} columns={canvasSide + 2} />
    </Box>
  );
}
