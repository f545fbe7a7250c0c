// The entry of the page: puts its parts together over one store. A panel is a function `createXPanel(element, page)`
// of a <details> of page.html: it reads `page.store`, with `eachFrame` of dom.ts once a frame, sets members of the
// state, and may replace any of `page.commands`.

import { rasterOf } from '@digits/client';
import { createAnswer } from './answer.ts';
import { byId, eachFrame } from './dom.ts';
import { createPictureOpener, listenForPictures } from './drawing/pictures.ts';
import { createSurface } from './drawing/surface.ts';
import { createInsidePanel } from './inside.ts';
import { commandOfKey, drawingActionOf, isDrawingCommand, type PageCommand } from './keys.ts';
import type { Page } from './page.ts';
import { createPracticePanel } from './practice.ts';
import { createCorrections } from './service/corrections.ts';
import { startLivePrediction } from './service/live.ts';
import { createService } from './service/service.ts';
import { drawn, initialState } from './state.ts';
import { createStore } from './store.ts';

const store = createStore(initialState);
const service = createService(next => {
  const { service: before, inside } = store.get();
  const isNew = next.status === 'connected' && before.status !== 'connected';
  const retried = { predictionFailure: undefined, inside: { ...inside, failure: undefined } };
  store.set({ service: next, ...(isNew && retried) });
  if (isNew) void corrections.flush();
});
const corrections = createCorrections(store, service);
const predict = startLivePrediction(store, service);

const [file, camera] = [byId<HTMLInputElement>('file'), byId<HTMLInputElement>('camera')];
const bars = byId('bars');
const keyDialog = byId<HTMLDialogElement>('locked');
const focusSurface = () => byId('surface').focus({ preventScroll: true });
const toggle = (id: string) => () => byId<HTMLDetailsElement>(id).toggleAttribute('open');
const commands: Page['commands'] = {
  predict: () => void predict(),
  explain: () => store.set({ isExplaining: !store.get().isExplaining }),
  correct: () => bars.querySelector('button')?.focus(),
  'undo-correction'() {
    // Its button may go, and the focus with it.
    focusSurface();
    void corrections.undo();
  },
  'open-picture': () => file.click(),
  'take-photo': () => camera.click(),
  connect: () =>
    store.get().service.status === 'locked' ? keyDialog.showModal() : void service.connect(),
  practice: toggle('practice'),
  inside: toggle('inside'),
  help: toggle('help'),
};
const page: Page = { store, service, corrections, predict, commands };

function run(command: PageCommand, timeMs: number): void {
  if (!isDrawingCommand(command)) return void page.commands[command]();
  store.set(drawn(store.get(), drawingActionOf(command, timeMs)));
}

function listenForKeys(): void {
  const main = document.querySelector('main');
  main?.addEventListener('keydown', event => {
    const target = event.target as HTMLElement;
    const isCorrecting = bars.contains(target) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isCorrecting && /^\d$/.test(event.key)) return void correct(Number(event.key));
    const command = commandOfKey(event, target.id === 'surface');
    if (command === undefined || target.closest('#panels')) return;
    event.preventDefault();
    if (event.repeat && command === 'lift-pen') return;
    run(isCorrecting && command === 'undo' ? 'undo-correction' : command, event.timeStamp);
  });
}

function correct(digit: number): void {
  void corrections.save(rasterOf(store.get()), digit, 'correction');
  focusSurface();
}

function listenForButtons(): void {
  document.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLElement>('[data-command]');
    if (button !== null) run(button.dataset['command'] as PageCommand, event.timeStamp);
  });
  eachFrame(store, ({ tool, isExplaining }) => {
    byId('eraser').ariaPressed = `${tool === 'eraser'}`;
    byId('explain').ariaPressed = `${isExplaining}`;
  });
}

function listenForKey(): void {
  const key = byId<HTMLInputElement>('key');
  keyDialog.addEventListener('submit', () => {
    void service.connect(key.value);
    key.value = '';
  });
  eachFrame(store, ({ service: now }, last) => {
    if (now.status !== 'locked' || now === last?.service) return;
    byId('locked-why').textContent = now.why;
    if (!keyDialog.open) keyDialog.showModal();
  });
}

byId('main').hidden = false;
createSurface(store);
createAnswer(store, correct);
createPracticePanel(byId('practice'), page);
createInsidePanel(byId('inside'), page);
listenForKeys();
listenForButtons();
listenForKey();
const openPicture = createPictureOpener(store, service);
listenForPictures([file, camera], picture => void openPicture(picture));
addEventListener('online', () => void service.connect());
void service.connect();
