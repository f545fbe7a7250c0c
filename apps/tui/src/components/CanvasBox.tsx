// The drawing in its border. Inside stand pixels and nothing else.

import type { Raster } from '@digits/canvas';
import { Box, Text } from 'ink';
import { useContext, useMemo } from 'react';
import { colouredRows, plainRows } from '../screen/half-blocks.ts';
import { BOX_COLUMNS, BOX_ROWS } from '../screen/layout.ts';
import type { KeyboardPen } from '../state/state.ts';
import { ColourContext } from './Row.tsx';

type CanvasBoxProps = { readonly raster: Raster; readonly pen: KeyboardPen };

export function CanvasBox({ raster, pen }: CanvasBoxProps) {
  const isColoured = useContext(ColourContext);
  const rows = useMemo(() => {
    if (!isColoured) return plainRows(raster);
    return colouredRows(raster, pen.isShown ? pen : undefined);
  }, [raster, pen, isColoured]);
  return (
    <Box
      borderStyle="round"
      flexDirection="column"
      flexShrink={0}
      width={BOX_COLUMNS}
      height={BOX_ROWS}
    >
      {rows.map((row, index) => (
        // Rows never change places: the index is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Text key={index}>{row}</Text>
      ))}
    </Box>
  );
}
