// The drawing in its box. Inside stand pixels and nothing else.

import type { Raster } from '@digits/canvas';
import { Box } from 'ink';
import { memo, useContext, useMemo } from 'react';
import { boxed } from '../screen/box.ts';
import { cellOf, type Layout } from '../screen/layout.ts';
import { pictureRows } from '../screen/picture-rows.ts';
import type { KeyboardPen } from '../state/state.ts';
import { LookContext, StyledRow } from './Row.tsx';

type CanvasBoxProps = {
  readonly raster: Raster;
  readonly pen: KeyboardPen;
  readonly saliency: readonly number[] | undefined;
  readonly layout: Layout;
};

export const CanvasBox = memo(function CanvasBox({
  raster,
  pen,
  saliency,
  layout,
}: CanvasBoxProps) {
  const look = useContext(LookContext);
  const { form, canvas } = layout;
  const rows = useMemo(() => {
    const shownPen = pen.isShown ? pen : undefined;
    const picture = { raster, saliency, pen: shownPen };
    const inside = { ...canvas, left: 0, top: 0 };
    const cell = shownPen && cellOf(pen.x, pen.y, inside);
    const mark = cell && { column: cell.x, row: cell.y };
    return boxed(pictureRows(picture, form, look), canvas.columns, look, mark);
  }, [raster, pen, saliency, form, canvas, look]);
  return <Rows rows={rows} columns={canvas.columns + 2} />;
});

type RowsProps = { readonly rows: readonly string[]; readonly columns: number };

/** Rows of text, one under the other. */
export function Rows({ rows, columns }: RowsProps) {
  return (
    <Box flexDirection="column" flexShrink={0} width={columns}>
      {rows.map((row, index) => (
        // Rows never change places: the index is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <StyledRow key={index} text={row} />
      ))}
    </Box>
  );
}
