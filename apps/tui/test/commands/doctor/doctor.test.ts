// --doctor: the queries to the terminal, the report and its advice.

import { EventEmitter } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { adviceFor, type Diagnosis } from '../../../src/commands/doctor/diagnosis.ts';
import { findPlaces } from '../../../src/commands/doctor/places.ts';
import { queryTerminal } from '../../../src/commands/doctor/query-terminal.ts';
import { reportText } from '../../../src/commands/doctor/report.ts';
import { checkService } from '../../../src/commands/doctor/service-check.ts';
import { exitWhenOutputEnds } from '../../../src/commands/output-end.ts';
import { userFilesIn } from '../../../src/installation.ts';
import { readCapabilities } from '../../../src/terminal/capabilities.ts';
import { respondJson, respondSeven, serveFor } from '../../fake-service.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const calls = { predict: 'npm run predict --' };

/** A terminal with all capabilities. */
const good: Diagnosis = {
  node: 'v24.21.0',
  term: 'xterm-256color',
  isTerminal: { stdin: true, stdout: true },
  window: { columns: 101, rows: 37 },
  hasAnswered: true,
  capabilities: {
    ...readCapabilities({ TERM: 'xterm-256color', COLORTERM: 'truecolor' }),
    pixelMouse: true,
    synchronizedOutput: true,
  },
  tmuxMouse: undefined,
  service: { url: 'http://127.0.0.1:8000', isGiven: false, model: '5.7.11', problem: undefined },
  places: [],
};

test('a terminal with all capabilities gets no advice', t => {
  t.deepEqual(adviceFor(good, calls), []);
  t.is(
    reportText(good, calls),
    [
      'Node                 v24.21.0',
      'Terminal             xterm-256color',
      'Input and output     a terminal',
      'Window               101×37',
      'Colours              24-bit',
      'UTF-8                yes',
      'Background           dark',
      'Mouse in pixels      yes',
      'Synchronized output  yes',
      'Screen reader        no',
      'Ink                  half blocks or pairs of cells',
      'Pen                  the mouse in pixels, and the keys',
      'Service              the service at http://127.0.0.1:8000, model 5.7.11',
      '',
      'Nothing to change.',
      '',
    ].join('\n'),
  );
});

test('of a terminal without control sequences the report says that it gets sentences', t => {
  const found = { ...good, term: 'dumb', capabilities: readCapabilities({ TERM: 'dumb' }) };
  t.regex(reportText(found, calls), /^Screen +sentences instead of a picture\nPen +the keys$/m);
});

const { capabilities, service } = good;

for (const [what, change, advice] of [
  ['no terminal', { isTerminal: { stdin: false, stdout: true } }, /npm run predict/],
  ['a small window', { window: { columns: 30, rows: 10 } }, /^Enlarge the window to at least/],
  ['tmux without its mouse', { tmuxMouse: 'off' }, /tmux set -g mouse on/],
  ['screen', { capabilities: { ...capabilities, multiplexer: 'screen' } }, /draw with the keys/],
  ['no colour', { capabilities: { ...capabilities, colours: 'none' } }, /NO_COLOR/],
  ['256 colours', { capabilities: { ...capabilities, colours: 256 } }, /COLORTERM=truecolor/],
  ['no UTF-8', { capabilities: { ...capabilities, unicode: false } }, /LANG=C\.UTF-8/],
  [
    'no service at a given address',
    { service: { ...service, isGiven: true, model: undefined, problem: 'Nothing.' } },
    /unset DIGITS_API/,
  ],
  ['a service that refuses drawings', { service: { ...service, problem: 'No.' } }, /ALLOWED_HOSTS/],
  [
    'a stranger at the usual address',
    { service: { ...service, model: undefined, problem: 'What?' } },
    /Something else answers/,
  ],
] as const) {
  test(`${what} gets advice`, t => {
    const found = { ...good, ...change } as Diagnosis;
    const [first = '', ...others] = adviceFor(found, calls);
    t.regex(first, advice);
    t.deepEqual(others, []);
    t.true(reportText(found, calls).includes(`- ${first}`));
  });
}

for (const [what, respond, problem] of [
  ['accepts drawings', respondSeven, undefined],
  [
    'does not accept the name in its address',
    refuseDrawings,
    'The service answered: This host is not allowed: Add it to ALLOWED_HOSTS.',
  ],
] as const) {
  test(`a ready service that ${what} is examined with a drawing`, async t => {
    const { url, received } = await serveFor(t, respond);
    const found = await checkService({ apiUrl: url, apiKey: undefined });
    t.deepEqual(found, { url, isGiven: true, model: '5.7.11', problem });
    t.deepEqual(
      received.map(({ path }) => path),
      ['/health/ready', '/predict'],
    );
  });
}

/** As the service does: a probe may name any host. */
function refuseDrawings(...[request, response]: Parameters<typeof respondSeven>): void {
  const detail = 'Add it to ALLOWED_HOSTS.';
  const problem = { title: 'This host is not allowed', status: 403, detail };
  if (request.url === '/health/ready') respondSeven(request, response);
  else respondJson(403, problem, 'application/problem+json')(request, response);
}

test('a missing service at the usual address is not a mistake', t => {
  const found = { ...good, service: { ...service, model: undefined } };
  t.deepEqual(adviceFor(found, calls), []);
  t.regex(reportText(found, calls), /an embedded service, started with the app/);
});

test('a terminal that does not respond is not reported to lack anything', t => {
  const silent = { ...capabilities, pixelMouse: false };
  const report = reportText({ ...good, hasAnswered: false, capabilities: silent }, calls);
  t.regex(report, /Mouse in pixels +unknown: the terminal does not respond/);
});

/** A terminal with given responses, and a log of the calls. */
function fakeTerminal(...answers: readonly string[]) {
  const log: string[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    setRawMode: (isRaw: boolean) => log.push(isRaw ? 'raw' : 'cooked'),
    pause: () => log.push('pause'),
    resume: () => log.push('resume'),
  });
  const stdout = {
    write() {
      log.push('asked');
      for (const answer of answers) stdin.emit('data', Buffer.from(answer));
    },
  };
  return { log, stdin: stdin as never, stdout: stdout as never };
}

test('responses up to that of the device are collected, and keys are discarded', async t => {
  const { log, ...streams } = fakeTerminal(
    '\u{1b}[?2026;2$yx\u{1b}[6;1',
    '7;8t\u{1b}[?62c',
    '\u{1b}[?1016;2$y',
  );
  const answers = await queryTerminal({ ...streams, timeoutMs: 60_000 });
  t.deepEqual(
    answers.map(({ type }) => type),
    ['mode', 'cell-size', 'device', 'mode'],
  );
  t.deepEqual(log, ['raw', 'resume', 'asked', 'pause', 'cooked']);
});

test('the wait for a terminal that never responds is bounded', async t => {
  const { log, ...streams } = fakeTerminal();
  t.deepEqual(await queryTerminal({ ...streams, timeoutMs: 1 }), []);
  t.is(log.at(-1), 'cooked');
});

test('the report of a terminal without Unicode is ASCII', t => {
  const found = { ...good, capabilities: { ...good.capabilities, unicode: false } };
  t.regex(reportText(found, calls), /^Window +101x37$/m);
  t.regex(reportText(found, calls), /^[\n -~]*$/);
});

test('the files of a user are reported, with the champions and what cannot be written', t => {
  const root = temporaryFolder(t);
  const [own, shipped] = [join(root, 'data', 'models'), join(root, 'shipped')];
  mkdirSync(shipped);
  writeFileSync(join(shipped, 'champion.json'), '{"version":"champion-3"}');
  writeFileSync(join(root, 'file'), '');
  const files = userFilesIn(
    { config: join(root, 'file', 'digits'), state: join(root, 'state') },
    { data: () => join(root, 'data'), shippedModels: shipped },
    {},
  );
  const places = findPlaces({ files });
  const report = reportText({ ...good, places }, calls);
  t.true(report.includes(`Own models           ${own}, not created yet\n`));
  t.true(report.includes(`Shipped models       ${shipped}, champion champion-3\n`));
  t.deepEqual(adviceFor({ ...good, places }, calls), [
    `${files.settings} cannot be written: one of its folders is a file.`,
  ]);
});

test('DATA_DIR and MODELS_DIR replace the folders of data and models', t => {
  const find = (env: NodeJS.ProcessEnv) =>
    userFilesIn({ config: '/c', state: '/s' }, { data: () => '/d', shippedModels: '/m' }, env);
  t.like(find({ DATA_DIR: '/own' }), { data: '/own', models: { own: join('/own', 'models') } });
  t.like(find({ MODELS_DIR: '/one' }), { data: '/d', models: '/one' });
  t.like(find({ DATA_DIR: '', MODELS_DIR: '' }), { data: '/d', models: { shipped: '/m' } });
});

for (const [code, expected] of [
  ['EPIPE', ['exit 141']],
  ['ENOSPC', ['The output cannot be written: the disk is full.\n', 'exit 2']],
] as const) {
  test(`an output that fails with ${code} ends the command without a stack trace`, t => {
    const log: string[] = [];
    const [stdout, stderr] = [new EventEmitter(), new EventEmitter()];
    exitWhenOutputEnds({
      stdout: stdout as never,
      stderr: Object.assign(stderr, { write: (line: string) => log.push(line) }) as never,
      exit: status => log.push(`exit ${status}`),
    });
    stderr.emit('error', new Error('nothing reads it'));
    stdout.emit('error', Object.assign(new Error(code), { code }));
    t.deepEqual(log, [...expected]);
  });
}
