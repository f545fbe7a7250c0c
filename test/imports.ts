// Reads which module imports which from the source text, and finds imports that the rules forbid and
// circles. Type-only imports and dynamic `import()` count as imports.

import { dirname, posix } from 'node:path';

/** A module by its path from the repository's root, and the source text in it. */
export type Sources = ReadonlyMap<string, string>;

/** Zone by zone (a folder, or a file), the other zones that its modules may import. */
export type Rules = Readonly<Record<string, readonly string[]>>;

export interface Import {
  /** path of the module that imports */
  readonly from: string;
  /** path of the imported module, or `@digits/…` for an entry of a package by its name */
  readonly to: string;
}

const imports = [/\bfrom '([^']+)'/g, /\bimport '([^']+)'/g, /\bimport\(\s*'([^']+)'/g];

/** A module that is started as a worker or a process; it has a module graph of its own. */
const started = /\bnew URL\(\s*'(\.[^']+\.tsx?)', import\.meta\.url/g;

/** Every import of a module of this repository, in the order of the modules; JSON is data. */
export function importsOf(sources: Sources, patterns: readonly RegExp[] = imports): Import[] {
  return [...sources].flatMap(([from, text]) =>
    patterns
      .flatMap(pattern => [...text.matchAll(pattern)].map(([, specifier]) => specifier!))
      .filter(specifier => /^\.|^@digits\//.test(specifier) && !specifier.endsWith('.json'))
      .map(specifier => ({
        from,
        to: specifier.startsWith('.') ? posix.join(dirname(from), specifier) : specifier,
      })),
  );
}

/**
 * The innermost zone that a path lies in; undefined where there is none. An entry of a package,
 * `@digits/nn/training`, is a zone of its own if a rule names it.
 */
export function zoneOf(path: string, rules: Rules): string | undefined {
  const package_ = /^@digits\/[^/]+/.exec(path)?.[0];
  if (package_ !== undefined) {
    return Object.values(rules).some(targets => targets.includes(path)) ? path : package_;
  }
  return Object.keys(rules)
    .filter(zone => path === zone || path.startsWith(`${zone}/`))
    .toSorted((one, other) => other.length - one.length)[0];
}

/** Imports between zones that the rules do not allow, and modules in no zone, as sentences. */
export function violationsOf(sources: Sources, rules: Rules): string[] {
  const homeless = [...sources.keys()]
    .filter(path => zoneOf(path, rules) === undefined)
    .map(path => `${path} lies in no zone`);
  const forbidden = importsOf(sources, [...imports, started]).flatMap(({ from, to }) => {
    const [zone, target] = [zoneOf(from, rules), zoneOf(to, rules)];
    if (zone === undefined || target === zone) return [];
    if (target !== undefined && rules[zone]!.includes(target)) return [];
    return [`${from} imports ${to}: ${zone} must not import ${target ?? 'from outside the zones'}`];
  });
  return [...homeless, ...forbidden];
}

/** Groups of modules that import one another in a circle (Tarjan 1972), each as its paths. */
export function circlesOf(sources: Sources): string[][] {
  const targets = new Map<string, string[]>([...sources.keys()].map(path => [path, []]));
  for (const { from, to } of importsOf(sources)) {
    if (targets.has(to)) targets.get(from)!.push(to);
  }
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  function visit(path: string): number {
    order.set(path, order.size);
    lowest.set(path, order.get(path)!);
    stack.push(path);
    for (const target of targets.get(path)!) {
      const reached = order.has(target)
        ? stack.includes(target)
          ? order.get(target)!
          : Number.POSITIVE_INFINITY
        : visit(target);
      lowest.set(path, Math.min(lowest.get(path)!, reached));
    }
    if (lowest.get(path) === order.get(path)) {
      const circle = stack.splice(stack.indexOf(path));
      if (circle.length > 1) circles.push(circle.toSorted());
    }
    return lowest.get(path)!;
  }
  for (const path of targets.keys()) if (!order.has(path)) visit(path);
  return circles;
}
