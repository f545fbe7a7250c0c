import test from 'ava';
import { type MouseEvent, parseMouseReport } from '../../src/terminal/mouse-report.ts';

const cell = { column: 4, row: 10 };

const CASES: readonly [parameters: string, final: 'M' | 'm', event: MouseEvent][] = [
  ['<0;5;11', 'M', { kind: 'press', button: 'left', cell }],
  ['<1;5;11', 'M', { kind: 'press', button: 'middle', cell }],
  ['<2;5;11', 'M', { kind: 'press', button: 'right', cell }],
  ['<0;5;11', 'm', { kind: 'release', button: 'left', cell }],
  ['<32;5;11', 'M', { kind: 'motion', button: 'left', cell }],
  ['<34;5;11', 'M', { kind: 'motion', button: 'right', cell }],
  ['<35;5;11', 'M', { kind: 'motion', button: 'none', cell }],
  ['<64;5;11', 'M', { kind: 'wheel', direction: 'up', cell }],
  ['<65;5;11', 'M', { kind: 'wheel', direction: 'down', cell }],
  ['<66;5;11', 'M', { kind: 'wheel', direction: 'left', cell }],
  ['<67;5;11', 'M', { kind: 'wheel', direction: 'right', cell }],
  ['<128;5;11', 'M', { kind: 'press', button: 'extra', cell }],
  ['<28;5;11', 'M', { kind: 'press', button: 'left', cell }],
  ['<60;5;11', 'M', { kind: 'motion', button: 'left', cell }],
  ['<0;1;1', 'M', { kind: 'press', button: 'left', cell: { column: 0, row: 0 } }],
];

for (const [parameters, final, event] of CASES) {
  const what = event.kind === 'wheel' ? event.direction : event.button;
  test(`${parameters}${final} is a ${event.kind}: ${what}`, t => {
    t.deepEqual(parseMouseReport(parameters, final), event);
  });
}

for (const parameters of [
  '<',
  '<0',
  '<0;5',
  '<0;5;11;2',
  '<0;;11',
  '<0;0;11',
  '<0;5;0',
  '<-1;5;11',
  '<0;5;100000',
  '<1000;5;11',
  '<0;5;99999999999999999999',
  '0;5;11',
]) {
  test(`${parameters} is no report`, t => {
    t.is(parseMouseReport(parameters, 'M'), undefined);
  });
}
