import test from 'ava';
import { type MouseEvent, parseMouseReport } from '../../src/terminal/mouse-report.ts';

const place = { x: 4, y: 10, shift: false, alt: false, ctrl: false };

const cases: readonly [parameters: string, final: 'M' | 'm', event: MouseEvent][] = [
  ['<0;5;11', 'M', { type: 'press', button: 'left', ...place }],
  ['<1;5;11', 'M', { type: 'press', button: 'middle', ...place }],
  ['<2;5;11', 'M', { type: 'press', button: 'right', ...place }],
  ['<0;5;11', 'm', { type: 'release', button: 'left', ...place }],
  ['<2;5;11', 'm', { type: 'release', button: 'right', ...place }],
  ['<32;5;11', 'M', { type: 'motion', button: 'left', ...place }],
  ['<34;5;11', 'M', { type: 'motion', button: 'right', ...place }],
  ['<35;5;11', 'M', { type: 'motion', button: 'none', ...place }],
  ['<64;5;11', 'M', { type: 'wheel', button: 'none', direction: 'up', ...place }],
  ['<65;5;11', 'M', { type: 'wheel', button: 'none', direction: 'down', ...place }],
  ['<4;5;11', 'M', { type: 'press', button: 'left', ...place, shift: true }],
  ['<8;5;11', 'M', { type: 'press', button: 'left', ...place, alt: true }],
  ['<16;5;11', 'M', { type: 'press', button: 'left', ...place, ctrl: true }],
  [
    '<60;5;11',
    'M',
    { type: 'motion', button: 'left', ...place, shift: true, alt: true, ctrl: true },
  ],
  ['<81;5;11', 'M', { type: 'wheel', button: 'none', direction: 'down', ...place, ctrl: true }],
  ['<0;1;1', 'M', { type: 'press', button: 'left', ...place, x: 0, y: 0 }],
  ['<32;-2;0', 'M', { type: 'motion', button: 'left', ...place, x: -3, y: -1 }],
];

for (const [parameters, final, event] of cases) {
  const what = event.type === 'wheel' ? event.direction : event.button;
  test(`${parameters}${final} is a ${event.type}: ${what}`, t => {
    t.deepEqual(parseMouseReport(parameters, final), event);
  });
}

for (const [parameters, what] of [
  ['<66;5;11', 'a wheel to the left'],
  ['<67;5;11', 'a wheel to the right'],
  ['<128;5;11', 'an eighth button'],
]) {
  test(`${parameters} is ${what}, which is not used`, t => {
    t.is(parseMouseReport(parameters ?? '', 'M'), undefined);
  });
}

for (const parameters of [
  '<',
  '<0',
  '<0;5',
  '<0;5;11;2',
  '<0;;11',
  '<0;--5;11',
  '<0;5;-',
  '<-1;5;11',
  '<0;5;100000',
  '<1000;5;11',
  '<0;5;99999999999999999999',
  '0;5;11',
]) {
  test(`${parameters} is not a report`, t => {
    t.is(parseMouseReport(parameters, 'M'), undefined);
  });
}
