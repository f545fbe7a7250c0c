// Strokes as the events that a mouse, a finger or a pen sends, through the browser's own input.

import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';

export type PointerType = 'mouse' | 'touch' | 'pen';

/** Fractions of the drawing surface, 0…1. */
export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

/** The strokes of a digit that the tests of the terminal app draw, too. */
export function strokesOf(digit: number): readonly Stroke[] {
  const file = new URL(`../../../tui/test/strokes/${digit}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).strokes;
}

type Phase = 'down' | 'move' | 'up';
type Send = (phase: Phase, at: Point) => Promise<unknown>;

const mousePhases = { down: 'mousePressed', move: 'mouseMoved', up: 'mouseReleased' } as const;
const touchPhases = { down: 'touchStart', move: 'touchMove', up: 'touchEnd' } as const;

function sender(session: CDPSession, pointerType: PointerType): Send {
  if (pointerType === 'touch') {
    return (phase, [x, y]) =>
      session.send('Input.dispatchTouchEvent', {
        type: touchPhases[phase],
        touchPoints: phase === 'up' ? [] : [{ x, y, radiusX: 8, radiusY: 8, id: 1 }],
      });
  }
  return (phase, [x, y]) =>
    session.send('Input.dispatchMouseEvent', {
      type: mousePhases[phase],
      ...{ x, y, pointerType, button: 'left', clickCount: 1, force: 0.5 },
      buttons: phase === 'up' ? 0 : 1,
    });
}

/** As many points are sent at once as a finger makes in a few frames; the browser coalesces them. */
const pointsAtOnce = 8;

/** Draws on the surface. */
export async function drawStrokes(
  page: Page,
  strokes: readonly Stroke[],
  pointerType: PointerType,
): Promise<void> {
  const surface = (await page.locator('#surface').boundingBox())!;
  const onSurface = ([x, y]: Point): Point => [
    surface.x + x * surface.width,
    surface.y + y * surface.height,
  ];
  const session = await page.context().newCDPSession(page);
  const send = sender(session, pointerType);
  for (const stroke of strokes) {
    const points = stroke.map(onSurface);
    await send('down', points[0]!);
    for (let i = 1; i < points.length; i += pointsAtOnce) {
      const some = points.slice(i, i + pointsAtOnce);
      await Promise.all(some.map(point => send('move', point)));
    }
    await send('up', points.at(-1)!);
  }
  await session.detach();
}

/** Puts this many fingers on the surface for a moment. */
export async function tapWithFingers(page: Page, count: number): Promise<void> {
  const { x, y, width, height } = (await page.locator('#surface').boundingBox())!;
  const session = await page.context().newCDPSession(page);
  const touchPoints = Array.from({ length: count }, (_, id) => ({
    x: x + (width * (id + 1)) / (count + 1),
    y: y + height / 2,
    id,
  }));
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}
