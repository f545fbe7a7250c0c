// How an answer becomes JSON: by fast-json-stringify, from the schema of its route, as Fastify does
// it. Each schema is compiled when it is first answered with: the many answers that no request of a
// run ever gets would take a fifth of the start-up.
import serializerSelector from '@fastify/fast-json-stringify-compiler';

const buildSerializer = serializerSelector();

/** The app's `buildSerializer`. */
export const buildLateSerializer: typeof buildSerializer = (schemas, options) => {
  const compile = buildSerializer(schemas, options);
  return route => {
    let serialize: ((answer: unknown) => string) | undefined;
    return answer => {
      serialize ??= compile(route);
      return serialize(answer);
    };
  };
};
