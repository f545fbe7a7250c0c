// How an answer becomes JSON: by fast-json-stringify, from the schema of its route, as Fastify does
// it. Each schema is compiled when it is first answered with: the many answers that no request of a
// run ever gets would take a fifth of the start-up.

import serializerSelector from '@fastify/fast-json-stringify-compiler';

type BuildSerializer = ReturnType<typeof serializerSelector>;

/** The app's `buildSerializer`. */
export const buildLazySerializer: BuildSerializer = (schemas, options) => {
  let compile: ReturnType<BuildSerializer> | undefined;
  return route => {
    let serialize: ((answer: unknown) => string) | undefined;
    return answer => {
      compile ??= serializerSelector()(schemas, options);
      serialize ??= compile(route);
      return serialize(answer);
    };
  };
};

/** Loads the compiler, which the bundle otherwise does at the first answer that needs it. */
export function warmUpSerializers(): void {
  serializerSelector();
}
