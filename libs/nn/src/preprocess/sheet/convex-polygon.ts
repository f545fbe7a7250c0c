// Convex polygons: the hull of a region, its outline reduced to few edges, and the part of each row that
// lies inside. Vertices are in clockwise order as seen in the picture (y points down).

/** A point at the corners of pixels: pixel (0, 0) reaches from (0, 0) to (1, 1). */
export type Vertex = readonly [x: number, y: number];

/** One side of a polygon; the polygon is to the right of it, as seen along it. */
export interface Edge {
  readonly from: Vertex;
  readonly to: Vertex;
  readonly length: number;
  /** whether it lies on the picture's own edge, where the region is cut off */
  readonly isCutOff: boolean;
}

/** Twice the signed area of the triangle; positive if `c` is to the right of a → b in the picture. */
function cross(a: Vertex, b: Vertex, c: Vertex): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/**
 * The convex hull of a region (Andrew 1979, monotone chain; the rows are sorted already).
 *
 * @param starts [height] first pixel of the region in each row
 * @param ends [height] one past its last pixel; not above the start in a row without pixels
 */
export function convexHull(starts: Int32Array, ends: Int32Array): Vertex[] {
  const chain = (sides: Int32Array, turn: 1 | -1): Vertex[] => {
    const hull: Vertex[] = [];
    const push = (vertex: Vertex) => {
      while (hull.length >= 2 && turn * cross(hull.at(-2)!, hull.at(-1)!, vertex) <= 0) hull.pop();
      hull.push(vertex);
    };
    for (let y = 0; y < sides.length; y++) {
      if (ends[y]! <= starts[y]!) continue;
      push([sides[y]!, y]);
      push([sides[y]!, y + 1]);
    }
    return hull;
  };
  return [...chain(ends, 1), ...chain(starts, -1).reverse()];
}

/** The area by the shoelace formula. */
export function areaOf(vertices: readonly Vertex[]): number {
  let doubled = 0;
  for (const [i, [x, y]] of vertices.entries()) {
    const [nextX, nextY] = vertices[(i + 1) % vertices.length]!;
    doubled += x * nextY - y * nextX;
  }
  return doubled / 2;
}

/**
 * The edges of a hull without the vertices that are within `tolerance` of the line between others
 * (Douglas and Peucker 1973), which leaves four edges of a blurred quadrilateral.
 */
export function edgesOf(
  hull: readonly Vertex[],
  tolerance: number,
  picture: { readonly width: number; readonly height: number },
): Edge[] {
  const first = farthestFrom(hull[0]!, hull);
  const turned = [...hull.slice(first), ...hull.slice(0, first)];
  const opposite = farthestFrom(turned[0]!, turned);
  const vertices = [
    ...simplify(turned.slice(0, opposite + 1), tolerance).slice(0, -1),
    ...simplify([...turned.slice(opposite), turned[0]!], tolerance).slice(0, -1),
  ];
  return vertices.map((from, i) => {
    const to = vertices[(i + 1) % vertices.length]!;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    return { from, to, length, isCutOff: isOnPictureEdge(from, to, picture) };
  });
}

function farthestFrom([x, y]: Vertex, vertices: readonly Vertex[]): number {
  const distances = vertices.map(vertex => Math.hypot(vertex[0] - x, vertex[1] - y));
  return distances.indexOf(Math.max(...distances));
}

/** @param chain of vertices whose ends are kept */
function simplify(chain: readonly Vertex[], tolerance: number): readonly Vertex[] {
  const [start, end] = [chain[0]!, chain.at(-1)!];
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  const distances = chain.map(vertex => Math.abs(cross(start, end, vertex)) / Math.max(1, length));
  const largest = Math.max(...distances);
  if (largest <= tolerance) return [start, end];
  const at = distances.indexOf(largest);
  const head = simplify(chain.slice(0, at + 1), tolerance);
  return [...head.slice(0, -1), ...simplify(chain.slice(at), tolerance)];
}

/** Whether both ends are within a pixel of the same edge of the picture. */
function isOnPictureEdge(
  from: Vertex,
  to: Vertex,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  const areBoth = (is: (vertex: Vertex) => boolean) => is(from) && is(to);
  return (
    areBoth(([x]) => x <= 1) ||
    areBoth(([, y]) => y <= 1) ||
    areBoth(([x]) => x >= width - 1) ||
    areBoth(([, y]) => y >= height - 1)
  );
}

/**
 * The pixels of a row whose centres lie inside a polygon and at least `margin` away from its edges, apart
 * from those at the picture's edge.
 *
 * @returns [first, one past the last]; both 0 if there are none
 */
export function rowInside(
  edges: readonly Edge[],
  margin: number,
  row: number,
  width: number,
): readonly [start: number, end: number] {
  const y = row + 0.5;
  let [left, right] = [0, width];
  for (const { from, to, length, isCutOff } of edges) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    // Inside: dx · (y − from.y) − dy · (x − from.x) ≥ margin · length.
    const bound = dx * (y - from[1]) + dy * from[0] - (isCutOff ? 0 : margin * length);
    if (dy > 0) right = Math.min(right, bound / dy);
    else if (dy < 0) left = Math.max(left, bound / dy);
    else if (bound < 0) return [0, 0];
  }
  const [start, end] = [Math.ceil(left - 0.5), Math.floor(right + 0.5)];
  return start < end ? [start, end] : [0, 0];
}
