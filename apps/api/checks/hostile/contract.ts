// What the service may answer: what its own /openapi.json documents for the route.

import type { Answer } from './answer.ts';
import { ask } from './exchange.ts';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly examples?: object }>> }>
  >;
}

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly statuses: ReadonlySet<number>;
  readonly codes: ReadonlySet<string>;
}

export class Contract {
  readonly #routes: readonly Route[];

  constructor({ paths }: OpenApi) {
    this.#routes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { responses }]) => ({
        method: method.toUpperCase(),
        segments: path.split('/'),
        statuses: new Set(Object.keys(responses).map(Number)),
        codes: new Set(
          Object.values(responses)
            .flatMap(({ content = {} }) => Object.values(content))
            .flatMap(({ examples = {} }) => Object.keys(examples)),
        ),
      })),
    );
  }

  /** Whether the answer is documented; undefined where the address itself is not documented. */
  allows(method: string, target: string, { status }: Answer, code?: string): boolean | undefined {
    const segments = routedPath(target).split('/');
    const asked = method === 'HEAD' ? 'GET' : method;
    const matching = this.#routes.filter(route => route.method === asked && fits(route, segments));
    // A path without parameters is preferred, as by the router.
    const route = matching.find(({ segments }) => !segments.some(isParameter)) ?? matching[0];
    if (!route) return undefined;
    return code === undefined ? route.statuses.has(status) : route.codes.has(code);
  }
}

/** The path as the router takes it: a slash at its end does not count. */
export function routedPath(target: string): string {
  return target.split(/[?#]/)[0]!.replace(/(?<=.)\/$/, '');
}

const isParameter = (segment: string) => segment.startsWith('{');

function fits({ segments: pattern }: Route, segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, i) => (isParameter(part) ? segments[i] !== '' : part === segments[i]))
  );
}

/** Reads the contract of a running service. */
export async function readContract(port: number): Promise<Contract> {
  const { body } = await ask(port, 'GET', '/openapi.json');
  return new Contract(JSON.parse(body.toString()));
}
