// Parts of packages that the start of the service does not need: they are run when they are first used,
// not when whoever names them is loaded. A whole package gets a file of its own, which is read then.

import { type BuildOptions, build, type Plugin } from 'esbuild';

/**
 * Each is a function, a class, or an object whose members are asked for when they are used: a package
 * that takes them out while it is loaded would load them.
 */
const latePackages = [
  // The compiler of answers' schemas, which brings Ajv: at the first answer that has a schema.
  '@fastify/fast-json-stringify-compiler',
  // Fastify's own for requests, which only the page of /docs does with.
  '@fastify/ajv-compiler',
  // For the description of the service, and one in YAML.
  'json-schema-resolver',
  'yaml',
  // For forms that are read the thorough way, addresses behind proxies, a process that is traced, a log
  // with a thread, and `inject`.
  '@fastify/busboy',
  '@fastify/proxy-addr',
  '@opentelemetry/api',
  'thread-stream',
  'light-my-request',
];

const lateModules: Readonly<Record<string, readonly string[]>> = {
  // The figures of the process are kept from the first /metrics on; the rest the service does without.
  'prom-client': ['./lib/defaultMetrics', './lib/pushgateway', './lib/cluster', './lib/summary'],
  // For servers that speak TLS, or HTTP/2.
  fastify: ['node:https', 'node:http2'],
};

/** What stands for the module until something is asked of it, and asks the module then. */
const standInFor = (address: string) => `
  let real;
  const load = () => (real ??= require(${JSON.stringify(address)}));
  module.exports = new Proxy(function () {}, {
    get: (_, name) => load()[name],
    apply: (_, self, given) => Reflect.apply(load(), self, given),
    construct: (_, given) => Reflect.construct(load(), given),
  });`;

const namespace = 'late';

/** @param folder where the bundle will lie */
export function loadLate(folder: string): Plugin {
  return {
    name: 'load-late',
    setup({ initialOptions, onResolve, onLoad, resolve }) {
      onResolve({ filter: /./ }, ({ path, importer, namespace: from, resolveDir }) => {
        if (from === namespace) return path.startsWith('./late/') ? { path, external: true } : null;
        return isLate(path, importer) ? { path, namespace, pluginData: resolveDir } : null;
      });
      onLoad({ filter: /./, namespace }, async ({ path, pluginData: resolveDir }) => {
        if (!latePackages.includes(path)) return { contents: standInFor(path), resolveDir };
        const file = `./late/${path.replace('/', '-')}.cjs`;
        // From the stand-in, as what it asks for is the package itself.
        const found = await resolve(path, { kind: 'require-call', namespace, resolveDir });
        if (found.errors.length > 0) return { errors: found.errors };
        await bundlePackage(found.path, `${folder}/${file}`, initialOptions);
        return { contents: standInFor(file), resolveDir };
      });
    },
  };
}

function isLate(path: string, importer: string): boolean {
  if (latePackages.includes(path)) return true;
  const from = importer.replaceAll('\\', '/');
  return Object.entries(lateModules).some(
    ([name, modules]) => modules.includes(path) && from.includes(`/node_modules/${name}/`),
  );
}

async function bundlePackage(entry: string, outfile: string, options: BuildOptions): Promise<void> {
  const { platform, target, minifySyntax, minifyWhitespace, legalComments } = options;
  const same = { platform, target, minifySyntax, minifyWhitespace, legalComments } as BuildOptions;
  await build({ ...same, entryPoints: [entry], outfile, bundle: true, format: 'cjs' });
}
