// Learning from t to a new model on the screen, with a fake trainer and a fake service.

import test from 'ava';
import { AppError } from '../../../src/app-error.ts';
import { learningLine } from '../../../src/view/text/learning-line.ts';
import { connectedService } from '../../state/example-state.ts';
import {
  afterwards,
  candidateVersion,
  compared,
  embedded,
  former,
  newModel,
  passing,
  progress,
  serviceUrl,
  setUp,
  stopping,
} from './learning-set-up.ts';

test('without a correction a notice explains how to make one', async t => {
  const { effects, tasks, notice, learning } = setUp({ checked: { trained: 0, heldOut: 0 } });
  effects.learn();
  await new Promise(setImmediate);
  t.deepEqual(tasks, []);
  t.is(learning().type, 'none');
  t.is(
    notice(),
    'There are no corrections to learn from: press f and a digit to correct a drawing, then t.',
  );
});

const suspect = { id: 'a1', label: 4, why: 'unlike', predicted: 9, confidence: 0.8 } as const;

for (const [what, checked, said] of [
  ['held out', { trained: 0, heldOut: 3 }, /^All 3 corrections are held out/],
  ['suspect', { trained: 0, heldOut: 0, suspects: [suspect] }, /^The only correction looks wrong/],
] as const) {
  test(`corrections that are all ${what} cannot be learnt`, async t => {
    const { effects, notice, learning } = setUp({ checked });
    effects.learn();
    await new Promise(setImmediate);
    t.is(learning().type, 'none');
    t.regex(notice(), said);
  });
}

test('t counts the corrections of the service first, and y trains on them', async t => {
  const { effects, store, checks, tasks, learning, untilType } = setUp({
    checked: { suspects: [suspect] },
  });
  effects.learn();
  t.is(learning().type, 'checking');
  await untilType('checked');
  t.like(learning(), { plan: { trained: 7, heldOut: 2, duration: { isMeasured: false } } });
  t.deepEqual(store.getState().mode, { type: 'confirming-training' });
  t.deepEqual(store.getState().review.suspects, [suspect]);
  t.is(tasks.length, 0);
  effects.train();
  t.is(learning().type, 'training');
  t.deepEqual(tasks, checks);
});

test('confirmed labels are given to the check and to the training', async t => {
  const { store, checks, tasks, train } = setUp();
  store.dispatch({ type: 'suspect-confirmed', id: 'a1' });
  await train();
  t.deepEqual(
    [...checks, ...tasks].map(({ confirmed }) => confirmed),
    [['a1'], ['a1']],
  );
});

test('the durations of training and comparison are remembered for the next estimate', async t => {
  const { remembered } = await compared();
  t.deepEqual(remembered, [{ trainingMs: 0 }, { comparisonMs: 0 }]);
});

test('Esc cancels a comparison at once, and t starts it again', async t => {
  const { promise: comparison, resolve } = Promise.withResolvers<void>();
  const all = setUp({ comparison });
  await all.train();
  all.finishTraining();
  await all.untilType('comparing');
  t.like(all.learning(), { progress: { fraction: 0.5 } });
  all.effects.cancel();
  resolve();
  await all.untilType('trained');
  t.is(all.notice(), `Comparison cancelled. ${candidateVersion} is kept; t compares it again.`);
  all.effects.learn();
  await all.untilType('compared');
  t.deepEqual(all.did, [`compare ${candidateVersion}`, `compare ${candidateVersion}`]);
});

test('Esc during a training asks before it stops', async t => {
  const { effects, store, train, learning } = setUp();
  await train();
  effects.cancel();
  t.is(store.getState().mode.type, 'confirming-stop');
  t.is(learning().type, 'training');
});

test('without a service there are no corrections to learn from', t => {
  const { store, effects, correct, tasks, notice } = setUp({
    state: { service: { status: 'starting', origin: 'embedded' } },
  });
  correct();
  effects.learn();
  t.deepEqual(tasks, []);
  t.regex(notice(), /^Learning needs the corrections of a service/);
  store.dispatch({ type: 'service-changed', service: connectedService });
  t.is(store.getState().notice, undefined, 'now there is one');
});

test('a training reports its progress, as far as it changes the status line', async t => {
  const { store, train, tell, learning } = setUp();
  await train();
  t.deepEqual(learning(), { type: 'training', progress: undefined });
  tell({ type: 'preparation', step: 'drawings', fraction: 0.4 });
  t.like(learning(), { progress: undefined, preparation: { step: 'drawings', fraction: 0.4 } });
  tell(progress);
  t.like(learning(), { progress: { fraction: 0.5, epoch: 1, epochs: 2 } });
  tell({ ...progress, fraction: 0.6 });
  const before = store.getState();
  tell({ ...progress, fraction: 0.6001 });
  t.is(store.getState(), before);
});

test('an embedded service has its models folder, another service has that of the repository', async t => {
  const own = setUp();
  await own.train();
  t.deepEqual(own.tasks, [{ url: serviceUrl, models: '/own/models', confirmed: [] }]);
  t.is(own.notice(), '');
  const found = setUp({ state: { service: { ...embedded, origin: 'found' } } });
  await found.train();
  t.deepEqual(found.tasks, [{ url: serviceUrl, models: undefined, confirmed: [] }]);
  t.regex(found.notice(), /uses the result if it serves the same models\.$/);
});

test('a service that comes back at another address is used there, with the same models folder', async t => {
  const { store, tasks, train, finishTraining, untilType } = setUp();
  await train();
  const service = { ...embedded, origin: 'given', url: 'http://127.0.0.1:11' } as const;
  store.dispatch({ type: 'service-changed', service });
  finishTraining();
  await untilType('compared');
  t.like(tasks[1], { url: service.url, models: '/own/models' });
});

test('t during a training asks whether to stop, and y stops it', async t => {
  const { effects, store, train, notice, untilType } = setUp();
  await train();
  effects.learn();
  t.is(store.getState().mode.type, 'confirming-stop');
  effects.stop();
  await untilType('none');
  t.is(store.getState().mode.type, 'drawing');
  t.is(notice(), 'Stopped. Nothing was kept: there was no checkpoint yet.');
});

test('a training that is stopped with a checkpoint says how to continue it', async t => {
  const { effects, train, tell, notice, untilType } = setUp();
  await train();
  effects.stop();
  t.is(notice(), 'Stopping the training …');
  // Written because it was stopped.
  tell({ type: 'checkpoint' });
  await untilType('none');
  t.is(notice(), 'Stopped. To continue: npx nx run nn:train --feedback --resume');
});

test('closing stops a training', async t => {
  const { effects, train, learning } = setUp();
  await train();
  await effects.close();
  t.is(learning().type, 'none');
});

test('a trained version is compared, and the suspect labels are kept', async t => {
  const all = setUp();
  await all.train();
  all.tell({ type: 'corrections', trained: 7, heldOut: 2, suspects: [suspect] });
  all.finishTraining();
  await all.untilType('compared');
  t.deepEqual(all.did, [`compare ${candidateVersion}`]);
  t.deepEqual(all.learning(), { type: 'compared', gate: passing });
  t.deepEqual(all.store.getState().review.suspects, [suspect]);
  t.deepEqual(all.store.getState().mode, { type: 'gate', row: 0 });
});

test('y promotes, waits for the service, and shows the prediction before and after', async t => {
  const { effects, store, did, notice, untilType } = await compared({
    answers: [former, former, former, afterwards],
  });
  effects.decide('promote');
  t.is(store.getState().mode.type, 'drawing');
  await untilType('none');
  const [, ...rest] = did;
  const thrice = ['predict', 'predict', 'predict'];
  t.deepEqual(rest, ['predict', `promote ${candidateVersion}`, ...thrice, 'request prediction']);
  t.is(notice(), `${candidateVersion} is in use now. This drawing: 2 (64.0 %) → 7 (98.3 %)`);
  t.like(store.getState().service, { model: newModel });
});

test('with a blank canvas the drawing that was corrected last is predicted', async t => {
  const { effects, store, notice, untilType, did } = await compared();
  store.dispatch({ type: 'cleared' });
  effects.decide('promote');
  await untilType('none');
  t.regex(notice(), /This drawing: 2 \(64\.0 %\) → 7/);
  t.false(did.includes('request prediction'));
});

test('without a prediction before, only the one after is shown', async t => {
  const gone = new AppError('service-timeout', 'Too slow.');
  const { effects, notice, untilType } = await compared({ answers: [gone, gone, afterwards] });
  effects.decide('promote');
  await untilType('none');
  t.is(notice(), `${candidateVersion} is in use now. This drawing: 7 (98.3 %)`);
});

test('the wait for a service that serves another folder is bounded', async t => {
  const { effects, store, notice, untilType } = await compared({ answers: [former] });
  effects.decide('promote');
  await untilType('none');
  t.is(
    notice(),
    `${candidateVersion} is the champion of this repository, but this service does not serve it.`,
  );
  t.true(store.getState().notice?.isBad);
});

test('n leaves the champion and explains how to promote later; t begins a new training', async t => {
  const { effects, did, checks, notice, learning } = await compared();
  effects.decide('leave');
  t.is(learning().type, 'none');
  t.is(
    notice(),
    `The champion stays. To promote it later: npx nx run nn:promote ${candidateVersion}`,
  );
  t.deepEqual(did, [`compare ${candidateVersion}`]);
  effects.learn();
  t.is(checks.length, 2);
});

test('Esc postpones the decision, and t shows the result again', async t => {
  const { effects, store, learning } = await compared();
  effects.decide('later');
  t.is(store.getState().mode.type, 'drawing');
  t.is(learning().type, 'compared');
  effects.learn();
  t.is(store.getState().mode.type, 'gate');
});

test('a version that the gate stops can only be closed', async t => {
  const { effects, store, did, notice, learning } = await compared({ gate: stopping });
  effects.decide('promote');
  t.is(store.getState().mode.type, 'gate');
  effects.decide('later');
  t.is(learning().type, 'none');
  t.is(notice(), 'The champion stays.');
  t.deepEqual(did, [`compare ${candidateVersion}`]);
});

test('a promotion that has to compare again shows its progress', async t => {
  const { promise: recomparison, resolve } = Promise.withResolvers<void>();
  const { effects, learning, until, untilType } = await compared({ recomparison });
  effects.decide('promote');
  await until(state => 'progress' in state.learning && state.learning.progress !== undefined);
  t.like(learning(), { type: 'promoting', progress: { fraction: 0.25 } });
  t.is(learningLine(learning()), `Comparing ${candidateVersion} again: 25 %`);
  resolve();
  await untilType('none');
});

test('a promotion that the gate stops is reported as failed', async t => {
  const { effects, learning, untilType } = await compared({
    promotion: { promoted: false, why: 'worse on MNIST test images' },
  });
  effects.decide('promote');
  await untilType('failed');
  const why = `${candidateVersion} was not promoted: worse on MNIST test images.`;
  t.deepEqual(learning(), { type: 'failed', why });
});

test('the first champion needs no gate', async t => {
  const all = setUp({ trained: { isChampion: true }, answers: [afterwards] });
  await all.train();
  all.finishTraining();
  await all.untilType('promoted');
  await all.untilType('none');
  t.is(all.notice(), `${candidateVersion} is in use now. This drawing: 7 (98.3 %)`);
});

test('the reason of a failed training is kept, and t tries again', async t => {
  const trainerFailure = new AppError('trainer-failed', 'x has no corrections');
  const all = setUp({ trainerFailure });
  await all.train();
  all.finishTraining();
  await all.untilType('failed');
  t.deepEqual(all.learning(), { type: 'failed', why: 'x has no corrections' });
  all.effects.learn();
  t.is(all.checks.length, 2);
});
