// The answer beside the drawing: the digit, how certain it is, ten bars, what the network saw.

import { isBlank, type Raster } from '@digits/canvas';
import {
  bigDigitOf,
  brushText,
  confidenceLine,
  correctionsText,
  evidenceSentence,
  failureFor,
  formatPercent,
  isEvidenceShown,
  modelLine,
  type Prediction,
  penText,
  predictionSentence,
  rasterOf,
  shownPrediction,
  toolText,
} from '@digits/client';
import { digitCount } from '@digits/protocol/constants';
import { byId, eachFrame, paintInk, showTexts, update } from './dom.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** A screen reader says the answer once the drawing has rested: the next stroke may follow. */
const spokenAfterMs = 700;

const colours = 'Blue speaks for the digit, orange against it.';

/** @param correct called with the digit that the user gives */
export function createAnswer(store: Store<State>, correct: (digit: number) => void): void {
  const bars = Array.from({ length: digitCount }, (_, digit) => createBar(digit, correct));
  byId('bars').append(...bars);
  const photo = byId<HTMLImageElement>('photo');
  let timer: ReturnType<typeof setTimeout> | undefined;
  eachFrame(store, (state, last) => {
    const { corrected, picture } = state;
    const raster = rasterOf(state);
    const { prediction, raster: predicted } = shownPrediction(state) ?? {};
    showTexts(textsOf(state, prediction));
    const answer = byId('answer');
    answer.dataset['reason'] =
      prediction === undefined ? 'none' : (prediction.reason ?? 'accepted');
    const hasMessage = messageOf(state) !== '';
    byId('message').classList.toggle('bad', state.notice?.isBad ?? hasMessage);
    byId('service').dataset['status'] = state.service.status;
    answer.dataset['age'] = ageOf(state, predicted);
    for (const [digit, bar] of bars.entries()) {
      showBar(bar, digit, prediction);
      const isCorrected = corrected?.raster === raster && corrected.label === digit;
      update(bar, { ariaPressed: `${isCorrected}` });
    }
    if (last === undefined || shownPrediction(last)?.prediction !== prediction) {
      paintInk(byId('seen'), prediction?.seen?.map(ink => 255 * ink) ?? []);
    }
    update(byId('picture'), { hidden: picture?.raster !== raster });
    if (last?.picture !== picture && picture) photo.src = picture.url;
    update(byId('hint'), { hidden: hasMessage || isBlank(raster) });
    update(byId('undo-correction'), { hidden: state.corrections.saved === 0 });
    clearTimeout(timer);
    timer = setTimeout(() => showTexts(spokenTextsOf(state)), spokenAfterMs);
  });
}

/** Whether the answer is one to the current drawing, or that one follows by itself. */
function ageOf(state: State, predicted: Raster | undefined): 'current' | 'pending' | 'stale' {
  const raster = rasterOf(state);
  if (predicted === raster || isBlank(raster)) return 'current';
  const isComing = state.service.status === 'connected' && failureFor(state, raster) === undefined;
  return isComing ? 'pending' : 'stale';
}

function createBar(digit: number, correct: (digit: number) => void): HTMLButtonElement {
  const bar = document.createElement('button');
  bar.type = 'button';
  // The spaces are heard, not seen: the name of a button begins with the words on it.
  bar.innerHTML = `${digit} <span class="track"></span> <span class="percent"></span>`;
  bar.ariaLabel = `${digit}`;
  bar.title = `It was ${digit}`;
  bar.addEventListener('click', () => correct(digit));
  return bar;
}

function showBar(bar: HTMLElement, digit: number, prediction: Prediction | undefined): void {
  const probability = prediction?.probabilities[digit] ?? 0;
  const text = prediction === undefined ? '' : formatPercent(probability);
  const track = bar.firstElementChild as HTMLElement;
  track.style.setProperty('--part', probability.toFixed(4));
  bar.classList.toggle('best', prediction !== undefined && bigDigitOf(prediction) === digit);
  const percent = bar.lastElementChild!;
  if (percent.textContent === text) return;
  percent.textContent = text;
  bar.ariaLabel = `${digit} ${text}`.trim();
}

function textsOf(state: State, prediction: Prediction | undefined): Record<string, string> {
  // The other states have something for the user to do.
  const isByItself = ['looking', 'connected', 'busy'].includes(state.service.status);
  return {
    'service-state': isByItself ? serviceText(state) : '',
    connect: isByItself ? '' : serviceText(state),
    ...(prediction === undefined
      ? { digit: '?', confidence: 'The answer appears while you draw.', model: '', why: '' }
      : predictionTexts(prediction, isEvidenceShown(state))),
    corrections: correctionText(state),
    message: messageOf(state),
    tool: toolText(state),
  };
}

function predictionTexts(prediction: Prediction, isExplaining: boolean): Record<string, string> {
  return {
    digit: `${bigDigitOf(prediction) ?? '–'}`,
    confidence: certainty(prediction),
    model: modelLine(prediction).replace(' ms', '\u00a0ms'),
    why: isExplaining && prediction.saliency ? `${colours} ${evidenceSentence(prediction)}` : '',
  };
}

function certainty(prediction: Prediction): string {
  const line = confidenceLine(prediction);
  if (prediction.reason === 'uncertain') return `Uncertain, ${line}`;
  return prediction.reason === 'not-a-digit' ? `Not a digit, ${line}` : line;
}

function serviceText({ service }: State): string {
  switch (service.status) {
    case 'looking':
      return 'Connecting …';
    case 'connected':
      return 'Ready';
    case 'away':
      return 'No service: try now';
    case 'busy':
      return 'Waiting …';
    case 'locked':
      return 'Enter the API key';
  }
}

function messageOf(state: State): string {
  const { notice, service } = state;
  if (notice !== undefined) return notice.text;
  if (service.status === 'busy') return `${service.why} The drawing is kept.`;
  if (service.status === 'away') {
    return `${service.why} The drawing is kept; the page keeps trying.`;
  }
  return failureFor(state, rasterOf(state)) ?? '';
}

function correctionText({ corrections: counts }: State): string {
  const parts = [correctionsText(counts), counts.kept ? `${counts.kept} saved in all` : ''];
  return parts.filter(part => part !== '').join(', ');
}

/** The position of the pen by itself: it alone changes with the arrow keys. */
function spokenTextsOf(state: State): Record<string, string> {
  return {
    spoken: spokenText(state),
    'spoken-tool': brushText(state),
    'spoken-pen': penText(state),
  };
}

/** @returns the answer in a sentence; the former one while it is still to come */
function spokenText(state: State): string {
  const { prediction, raster } = shownPrediction(state) ?? {};
  if (isBlank(rasterOf(state))) return 'Nothing is drawn.';
  if (prediction === undefined || raster !== rasterOf(state)) return '';
  const evidence = isEvidenceShown(state) ? ` ${evidenceSentence(prediction)}` : '';
  return `${predictionSentence(prediction)}${evidence}`;
}
