// What the network saw: the drawing cropped, scaled and centred by the preprocessing. Its panel says so
// until there is one.

import { blankRaster, canvasPixelCount, canvasSide, type Raster } from '@digits/canvas';
import type { Prediction } from '@digits/client';
import { useContext, useMemo } from 'react';
import { inkPictureRows } from '../../canvas/ink-picture.ts';
import { pictureRows } from '../../canvas/picture-rows.ts';
import { type Area, contentOf, smallPicture } from '../../layout.ts';
import { Panel, Placed } from '../Panel.tsx';
import { DisplayStyleContext, Rows } from '../Row.tsx';

interface SeenProps {
  readonly prediction: Prediction | undefined;
}

interface SeenPanelProps extends SeenProps {
  /** Whether it is of an earlier drawing. */
  readonly isStale: boolean;
  readonly area: Area;
}

const explanation: readonly string[] = ['Your drawing, cropped,', 'scaled and centred.'];

export function SeenPanel({ prediction, isStale, area }: SeenPanelProps) {
  const style = useContext(DisplayStyleContext);
  const content = contentOf(area);
  const seen = prediction?.seen;
  const form = content.rows >= canvasSide ? 'wide' : 'half';
  const rows = useMemo(() => {
    const raster = seen === undefined ? blankRaster() : rasterOfSeen(seen);
    return pictureRows({ raster, prompt: seen === undefined ? explanation : [] }, form, style);
  }, [seen, form, style]);
  const columns = form === 'wide' ? 2 * canvasSide : canvasSide;
  // The panel is hardly larger than the picture, whose cells must not be cut off.
  const left = area.left + Math.floor((area.columns - columns) / 2);
  const top = content.top + Math.floor((content.rows - rows.length) / 2);
  return (
    <>
      <Panel area={area} title="What the network saw" bottomRight={isStale ? 'outdated' : ''} />
      <Placed area={{ left, top, columns, rows: rows.length }}>
        <Rows rows={rows} columns={columns} />
      </Placed>
    </>
  );
}

/** At half of its size, for a window without a place for the panel. */
export function SmallSeen({ prediction }: SeenProps) {
  const style = useContext(DisplayStyleContext);
  const seen = prediction?.seen;
  const rows = useMemo(() => {
    return inkPictureRows(seen === undefined ? [] : rasterOfSeen(seen), 2, style);
  }, [seen, style]);
  return <Rows rows={rows} columns={smallPicture.columns} />;
}

function rasterOfSeen(seen: readonly number[]): Raster {
  return Uint8Array.from({ length: canvasPixelCount }, (_, index) => 255 * (seen[index] ?? 0));
}
