// The arrows of ARCHITECTURE.md: which part of the repository may import which. A part that is not
// listed here, or an import that is not, fails `npm test`.

import type { Rules } from './imports.ts';

export const rules: Rules = {
  'libs/canvas/src': [],
  'libs/protocol/src': [],
  'libs/files/src': [],
  'libs/client/src': ['@digits/canvas', '@digits/protocol'],
  'libs/screen/src': ['@digits/protocol'],

  ...within('libs/nn/src', {
    'printable-line.ts': [],
    'errors.ts': ['printable-line.ts'],
    'own-files.ts': [],
    'sha256.ts': [],
    'parse-json.ts': [],
    'input-rows.ts': ['errors.ts'],
    'engine/kernels': ['errors.ts', 'own-files.ts'],
    engine: ['engine/kernels'],
    preprocess: ['errors.ts'],
    inference: ['errors.ts', 'input-rows.ts', 'engine', 'preprocess'],
    data: [
      ...['errors.ts', 'sha256.ts', 'parse-json.ts', 'input-rows.ts', 'engine', 'preprocess'],
      'inference',
      ...['@digits/files', '@digits/protocol'],
    ],
    registry: [
      ...['errors.ts', 'sha256.ts', 'parse-json.ts', 'engine/kernels', 'engine', 'preprocess'],
      ...['inference', '@digits/files'],
    ],
    'evaluation/metrics': ['errors.ts', 'engine', 'inference', 'data'],
    evaluation: [
      ...['engine', 'preprocess', 'inference', 'data', 'registry', 'evaluation/metrics'],
      '@digits/protocol',
    ],
    training: [
      ...['errors.ts', 'own-files.ts', 'parse-json.ts', 'engine/kernels', 'engine', 'preprocess'],
      ...['inference', 'data', 'registry', 'evaluation/metrics'],
      ...['@digits/files', '@digits/protocol'],
    ],
    report: [
      ...['parse-json.ts', 'inference', 'evaluation/metrics', 'evaluation', 'training'],
      '@digits/protocol',
    ],
    'index.ts': [
      ...['errors.ts', 'input-rows.ts', 'engine/kernels', 'engine', 'preprocess', 'inference'],
      ...['data', 'registry'],
    ],
    'training-index.ts': [
      ...['engine', 'data', 'inference', 'registry', 'evaluation/metrics', 'training'],
    ],
  }),
  'libs/nn/cli': [
    ...['printable-line.ts', 'errors.ts', 'sha256.ts', 'parse-json.ts', 'engine/kernels', 'engine'],
    ...['preprocess', 'inference', 'data', 'registry', 'evaluation/metrics', 'evaluation'],
    ...['training', 'report'],
  ]
    .map(part => `libs/nn/src/${part}`)
    .concat('@digits/canvas', '@digits/files', '@digits/protocol', '@digits/screen'),

  ...within('apps/api/src', {
    'problem.ts': ['@digits/protocol'],
    'weighted-semaphore.ts': ['problem.ts'],
    'collect-garbage.ts': [],
    'service-error.ts': [],
    'next-turn.ts': [],
    process: ['service-error.ts', 'config', '@digits/nn'],
    workers: ['process', 'config'],
    body: ['problem.ts', 'next-turn.ts'],
    config: ['service-error.ts', '@digits/nn'],
    schemas: ['problem.ts', '@digits/nn', '@digits/protocol'],
    metrics: [],
    plugins: [
      ...['problem.ts', 'weighted-semaphore.ts', 'collect-garbage.ts', 'config', 'body', 'metrics'],
      '@digits/protocol',
    ],
    image: [
      ...['problem.ts', 'next-turn.ts', 'weighted-semaphore.ts', 'collect-garbage.ts'],
      ...['@digits/nn', '@digits/protocol'],
    ],
    upload: ['problem.ts', 'next-turn.ts', 'body', '@digits/protocol'],
    inference: [
      ...['problem.ts', 'service-error.ts', 'next-turn.ts', 'schemas', 'image', 'metrics'],
      ...['@digits/nn', '@digits/protocol'],
    ],
    'remote-models': [
      'service-error.ts',
      'inference',
      '@digits/files',
      '@digits/nn',
      '@digits/protocol',
    ],
    'open-inference': [
      ...['problem.ts', 'next-turn.ts', 'schemas', 'inference', '@digits/nn', '@digits/protocol'],
    ],
    feedback: [
      ...['problem.ts', 'service-error.ts', 'schemas', 'image', 'inference', '@digits/files'],
      ...['@digits/nn', '@digits/protocol'],
    ],
    'feedback-tools': ['service-error.ts', 'config', 'process', 'feedback'],
    shadow: [
      ...['problem.ts', 'schemas', 'metrics', 'inference', 'feedback'],
      ...['@digits/nn', '@digits/protocol'],
    ],
    routes: [
      ...['problem.ts', 'next-turn.ts', 'process', 'config', 'schemas', 'metrics', 'plugins'],
      ...['body', 'upload', 'inference', '@digits/files'],
      ...['open-inference', 'feedback', 'shadow', '@digits/nn', '@digits/protocol'],
    ],
  }),
  // app.ts, server.ts and main.ts put the parts together.
  'apps/api/src': [
    'process',
    'config',
    'workers',
    'body',
    'schemas',
    'metrics',
    'plugins',
    'image',
    'inference',
  ]
    .concat('remote-models', 'feedback', 'feedback-tools', 'shadow', 'routes')
    .map(part => `apps/api/src/${part}`)
    .concat('@digits/files', '@digits/nn'),

  ...within('apps/tui/src', {
    'app-error.ts': [],
    'untrusted-text.ts': [],
    'programs.ts': ['@digits/files'],
    'installation.ts': ['programs.ts', '@digits/files'],
    state: ['@digits/canvas', '@digits/client', '@digits/protocol', '@digits/screen'],
    terminal: ['state'],
    view: [
      ...['state', 'terminal', '@digits/canvas', '@digits/client', '@digits/protocol'],
      '@digits/screen',
    ],
    input: ['state', 'terminal', 'view'],
    service: [
      ...['app-error.ts', 'untrusted-text.ts', 'programs.ts', 'state', '@digits/client'],
      '@digits/protocol',
    ],
    trainer: [
      ...['app-error.ts', 'untrusted-text.ts', 'programs.ts', 'state', '@digits/files'],
      ...['@digits/protocol', '@digits/screen'],
    ],
    outbox: ['app-error.ts', 'untrusted-text.ts', '@digits/files'],
    storage: ['app-error.ts', 'untrusted-text.ts', 'state', '@digits/canvas', '@digits/files'],
    effects: [
      ...['app-error.ts', 'untrusted-text.ts', 'installation.ts', 'state', 'terminal', 'input'],
      ...['service', 'trainer', 'outbox', 'storage', '@digits/canvas', '@digits/client'],
      ...['@digits/protocol', '@digits/screen'],
    ],
    'command-line.ts': ['app-error.ts', 'installation.ts', 'state', 'storage'],
    commands: [
      ...['app-error.ts', 'untrusted-text.ts', 'programs.ts', 'installation.ts', 'command-line.ts'],
      ...['state', 'terminal', 'view', 'service', 'storage', '@digits/canvas'],
      ...['@digits/client', '@digits/files', '@digits/protocol'],
    ],
  }),
  // main.ts and run-app.ts put the parts together.
  'apps/tui/src': [
    ...['app-error.ts', 'installation.ts', 'command-line.ts', 'state', 'terminal', 'view', 'input'],
    ...['service', 'storage', 'effects', 'commands'],
  ]
    .map(part => `apps/tui/src/${part}`)
    .concat('@digits/client', '@digits/files'),

  'apps/web/src': ['@digits/canvas', '@digits/client', '@digits/protocol'],

  // The program calls the commands of the other apps and of nn.
  'apps/cli/src': [
    ...['apps/tui/src', 'apps/tui/src/installation.ts', 'apps/tui/src/command-line.ts'],
    ...['apps/tui/src/commands', 'apps/api/src', 'apps/api/src/config', 'libs/nn/cli'],
    '@digits/files',
  ],

  examples: ['@digits/nn', '@digits/nn/training'],
};

/** Rules of the parts of one folder by their names in it; `@digits/…` is a package. */
function within(folder: string, parts: Rules): Rules {
  const pathOf = (part: string) => (part.startsWith('@') ? part : `${folder}/${part}`);
  return Object.fromEntries(
    Object.entries(parts).map(([part, targets]) => [pathOf(part), targets.map(pathOf)]),
  );
}
