// Learning from t to a new model on the screen, with a fake trainer and a fake service.

import test from 'ava';
import { AppError } from '../../src/app-error.ts';
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

test('without a correction a notice explains how to make one', t => {
  const { effects, tasks, notice } = setUp();
  effects.learn();
  t.deepEqual(tasks, []);
  t.is(
    notice(),
    'There are no corrections to learn from: press f and a digit to correct a drawing, then t.',
  );
});

test('without a service there are no corrections to learn from', t => {
  const { effects, correct, tasks, notice } = setUp({
    state: { service: { status: 'starting', origin: 'embedded' } },
  });
  correct();
  effects.learn();
  t.deepEqual(tasks, []);
  t.regex(notice(), /^There is no service at the moment/);
});

test('a training reports its progress, as far as it changes the status line', t => {
  const { effects, store, correct, tell, learning } = setUp();
  correct();
  effects.learn();
  t.deepEqual(learning(), { type: 'training', progress: undefined, suspectLabels: undefined });
  tell(progress);
  t.like(learning(), { progress: { fraction: 0.5, epoch: 1, epochs: 2 } });
  tell({ ...progress, fraction: 0.6 });
  const before = store.getState();
  tell({ ...progress, fraction: 0.6001 });
  t.is(store.getState(), before);
});

test('an embedded service has its models folder, another service has that of the repository', t => {
  const own = setUp();
  own.correct();
  own.effects.learn();
  t.deepEqual(own.tasks, [{ url: serviceUrl, models: '/own/models' }]);
  t.is(own.notice(), '');
  const found = setUp({ state: { service: { ...embedded, origin: 'found' } } });
  found.correct();
  found.effects.learn();
  t.deepEqual(found.tasks, [{ url: serviceUrl, models: undefined }]);
  t.regex(found.notice(), /uses the result if it serves this repository’s models\.$/);
});

test('a service that comes back at another address is used there, with the same models folder', async t => {
  const { effects, store, tasks, correct, finishTraining, untilType } = setUp();
  correct();
  effects.learn();
  const service = { ...embedded, origin: 'given', url: 'http://127.0.0.1:11' } as const;
  store.dispatch({ type: 'service-changed', service });
  finishTraining();
  await untilType('compared');
  t.deepEqual(tasks[1], { url: service.url, models: '/own/models' });
});

test('t during a training asks whether to stop, and y stops it', async t => {
  const { effects, store, correct, notice, untilType } = setUp();
  correct();
  effects.learn();
  effects.learn();
  t.is(store.getState().mode.type, 'confirming-stop');
  effects.stop();
  await untilType('none');
  t.is(store.getState().mode.type, 'drawing');
  t.regex(notice(), /^Stopped\. .*checkpoint/);
});

test('closing stops a training', async t => {
  const { effects, correct, learning } = setUp();
  correct();
  effects.learn();
  await effects.close();
  t.is(learning().type, 'none');
});

test('a trained version is compared, and the suspect labels are kept', async t => {
  const all = setUp();
  const suspectLabels = { count: 1, page: 'models/x/index.html' };
  all.correct();
  all.effects.learn();
  all.tell({ type: 'corrections', trained: 7, heldOut: 2, suspectLabels });
  all.finishTraining();
  await all.untilType('compared');
  t.deepEqual(all.did, [`compare ${candidateVersion}`]);
  t.deepEqual(all.learning(), { type: 'compared', gate: passing, suspectLabels });
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
  t.is(notice(), `${candidateVersion} answers now. This drawing: 2 (64.0 %) → 7 (98.3 %)`);
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
  t.is(notice(), `${candidateVersion} answers now. This drawing: 7 (98.3 %)`);
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
  const { effects, did, tasks, notice, learning } = await compared();
  effects.decide('leave');
  t.is(learning().type, 'none');
  t.is(
    notice(),
    `The champion stays. To promote it later: npx nx run nn:promote ${candidateVersion}`,
  );
  t.deepEqual(did, [`compare ${candidateVersion}`]);
  effects.learn();
  t.is(tasks.length, 3);
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
  all.correct();
  all.effects.learn();
  all.finishTraining();
  await all.untilType('promoted');
  await all.untilType('none');
  t.is(all.notice(), `${candidateVersion} answers now. This drawing: 7 (98.3 %)`);
});

test('the reason of a failed training is kept, and t tries again', async t => {
  const trainerFailure = new AppError('trainer-failed', 'x has no corrections');
  const all = setUp({ trainerFailure });
  all.correct();
  all.effects.learn();
  all.finishTraining();
  await all.untilType('failed');
  t.deepEqual(all.learning(), { type: 'failed', why: 'x has no corrections' });
  all.effects.learn();
  t.is(all.tasks.length, 2);
});
