import test from 'ava';
import { handlePointer, noPointers, type PointerInput } from '../../src/drawing/pointer.ts';

type Step = Partial<PointerInput> & Pick<PointerInput, 'phase'>;

const touch = { id: 1, type: 'touch', buttons: 1, at: [100, 100], size: 20, timeMs: 0 } as const;
const pen = { ...touch, id: 9, type: 'pen' } as const;
const mouse = { ...touch, id: 5, type: 'mouse', size: 1 } as const;

/** The actions of all steps, in order. */
function actionsOf(...steps: (Step & Partial<PointerInput>)[]): string[] {
  const actions: string[] = [];
  let session = noPointers;
  for (const step of steps) {
    const outcome = handlePointer(session, { ...touch, ...step });
    session = outcome.session;
    for (const action of outcome.actions) {
      actions.push('tool' in action && action.tool ? `begin ${action.tool}` : action.type);
    }
  }
  return actions;
}

test('a finger draws from down to up', t => {
  t.deepEqual(actionsOf({ phase: 'down' }, { phase: 'move', at: [140, 100] }, { phase: 'up' }), [
    'begin',
    'continue',
    'continue',
    'end',
  ]);
});

test('the right mouse button, the barrel button and the end of a pen erase', t => {
  const [left, right] = [1, 2].map(buttons => actionsOf({ ...mouse, phase: 'down', buttons }));
  t.deepEqual([left, right], [['begin'], ['begin eraser']]);
  t.deepEqual(actionsOf({ ...mouse, phase: 'down', buttons: 4 }), []);
  t.deepEqual(actionsOf({ ...pen, phase: 'down', buttons: 2 }), ['begin eraser']);
  t.deepEqual(actionsOf({ ...pen, phase: 'down', buttons: 32 }), ['begin eraser']);
});

for (const [fingers, gesture] of [
  [2, ['undo']],
  [3, ['redo']],
  [4, []],
] as const) {
  test(`a tap with ${fingers} fingers takes the dot of the first one back`, t => {
    const ids = Array.from({ length: fingers }, (_, id) => id);
    const actions = actionsOf(
      ...ids.map(id => ({ phase: 'down', id, timeMs: 20 * id }) as const),
      ...ids.map(id => ({ phase: 'up', id, timeMs: 100 + 20 * id }) as const),
    );
    t.deepEqual(actions, ['begin', 'take-back', ...gesture]);
  });
}

test('two fingers that rest or move are no tap', t => {
  const two = [{ phase: 'down' }, { phase: 'down', id: 2, timeMs: 30 }] as const;
  const up = (timeMs: number) =>
    [
      { phase: 'up', timeMs },
      { phase: 'up', id: 2, timeMs },
    ] as const;
  t.deepEqual(actionsOf(...two, ...up(401)), ['begin', 'take-back']);
  const pinch = { phase: 'move', id: 2, at: [111, 100] } as const;
  t.deepEqual(actionsOf(...two, pinch, ...up(100)), ['begin', 'take-back']);
});

test('a second finger beside a stroke that moves or lasts changes nothing', t => {
  const moving = [{ phase: 'down' }, { phase: 'move', at: [130, 100] }] as const;
  const second = [
    { phase: 'down', id: 2, timeMs: 50 },
    { phase: 'up', id: 2, timeMs: 90 },
  ] as const;
  const rest = [
    { phase: 'move', at: [150, 100] },
    { phase: 'up', timeMs: 95 },
  ] as const;
  const stroke = ['begin', 'continue', 'continue', 'continue', 'end'];
  t.deepEqual(actionsOf(...moving, ...second, ...rest), stroke);
  t.deepEqual(actionsOf({ phase: 'down' }, { phase: 'down', id: 2, timeMs: 500 }), ['begin']);
});

test('a palm does not draw', t => {
  t.deepEqual(actionsOf({ phase: 'down', size: 150 }, { phase: 'up', size: 150 }), []);
});

test('a pen takes the stroke of the palm before it back, and fingers do not draw beside it', t => {
  const palm = [{ phase: 'down' }, { ...pen, phase: 'down' }] as const;
  t.deepEqual(actionsOf(...palm), ['begin', 'take-back', 'begin']);
  t.deepEqual(actionsOf(...palm, { phase: 'move' }, { phase: 'up' }).slice(3), []);
  const after = [
    { ...pen, phase: 'down' },
    { ...pen, phase: 'up', timeMs: 100 },
  ] as const;
  t.deepEqual(actionsOf(...after, { phase: 'down', timeMs: 2000 }).slice(3), []);
  t.deepEqual(actionsOf(...after, { phase: 'down', timeMs: 4000 }).slice(3), ['begin']);
});

test('a pen above the surface keeps the hand from drawing', t => {
  t.deepEqual(actionsOf({ ...pen, phase: 'move', buttons: 0 }, { phase: 'down', timeMs: 10 }), []);
});

test('what the system cancels is taken back for a finger and kept for a pen', t => {
  t.deepEqual(actionsOf({ phase: 'down' }, { phase: 'cancel' }), ['begin', 'take-back']);
  t.deepEqual(actionsOf({ ...pen, phase: 'down' }, { ...pen, phase: 'cancel' }), [
    'begin',
    'continue',
    'end',
  ]);
});
