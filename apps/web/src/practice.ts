// Practice: the digit to draw, the rounds so far, and a missed drawing with its evidence to review.

import { isBlank } from '@digits/canvas';
import {
  commonMistakeLine,
  confusionMatrix,
  continuePractice,
  createPracticeCheck,
  finishRound,
  isReviewing,
  isWon,
  type Practice,
  type PracticeCheckAction,
  practiceTitle,
  type Round,
  rasterOf,
  roundText,
  scoreLines,
  skipDigit,
  startPractice,
  submitRound,
  summaryTitle,
  switchGame,
  withdrawRound,
} from '@digits/client';
import { byId, eachFrame, showTexts } from './dom.ts';
import type { Page } from './page.ts';
import { drawn, type State } from './state.ts';

export function createPracticePanel(element: HTMLDetailsElement, page: Page): void {
  const { store, commands } = page;
  /** Not remembered: the next pupil at the same tablet is asked again. */
  const consent = byId<HTMLInputElement>('consent');

  /** A digit begins with a blank drawing, and is named where the last answer was. */
  function begin(practice: Practice, before = ''): void {
    const text = `${before}${practiceTitle({ ...practice, rounds: [] })}.`;
    const cleared = drawn(store.get(), { type: 'cleared' });
    store.set({ ...cleared, practice, notice: { text, isBad: false } });
  }

  function dispatch(action: PracticeCheckAction): void {
    const { practice } = store.get();
    if (practice === undefined) return;
    switch (action.type) {
      case 'practice-continued':
        begin(continuePractice(practice));
        break;
      case 'practice-round-submitted':
        store.set({ practice: submitRound(practice) });
        break;
      case 'practice-round-failed':
        store.set({ practice: withdrawRound(practice) });
        break;
      case 'practice-round-finished':
        finish(finishRound(practice, action.read, action.drawing));
        break;
    }
  }

  function finish(practice: Practice): void {
    const round = practice.rounds.at(-1)!;
    const text = roundText(round);
    if (practice.reviewed === undefined) begin(practice, `${text} `);
    else store.set({ practice, notice: { text, isBad: !isWon(round) } });
  }

  const check = createPracticeCheck({
    state: store.get,
    dispatch,
    requestPrediction: page.predict,
    onBlank: () => store.set({ notice: { text: 'Draw the digit first.', isBad: true } }),
    async keep(drawing, digit) {
      if (consent.checked) void page.corrections.save(drawing, digit, 'practice');
    },
  });
  const { predict } = commands;
  commands.predict = () => (store.get().practice === undefined ? predict() : void check());
  const listen = (id: string, change: (practice: Practice) => Practice) =>
    byId(id).addEventListener('click', () => {
      const { practice } = store.get();
      if (practice !== undefined) begin(change(practice));
    });
  byId('check').addEventListener('click', () => void check());
  listen('skip', skipDigit);
  listen('game', switchGame);
  element.addEventListener('toggle', () => {
    if (!element.open) return store.set({ practice: undefined, notice: undefined });
    const isDrawn = !isBlank(rasterOf(store.get()));
    begin(startPractice(Date.now()), isDrawn ? 'Undo brings the former drawing back. ' : '');
  });
  eachFrame(store, show);
}

function show(state: State, last: State | undefined): void {
  const { practice } = state;
  if (practice === undefined) {
    showTexts({ task: 'Practice', submit: '' });
    return;
  }
  const { rounds } = practice;
  const ofReview = rounds.slice(-1).some(isWon) ? 'Next digit' : 'Try again';
  const check = isReviewing(state) ? ofReview : 'Check';
  showTexts({
    task: practiceTitle(practice),
    check,
    // The panel may be below the window.
    submit: isBlank(rasterOf(state)) ? '' : check,
    game: practice.game === 'misread' ? 'Practise digits' : 'Fool the network',
    score:
      rounds.length === 0 ? '' : `${scoreLines(rounds).join(', ')}. ${commonMistakeLine(rounds)}`,
  });
  if (rounds !== last?.practice?.rounds) showMatrix(byId('confusion'), rounds);
}

/** A row for each digit to be recognised, a column for each prediction. */
function showMatrix(table: HTMLTableElement, rounds: readonly Round[]): void {
  table.hidden = !rounds.some(({ game }) => game === 'recognise');
  const rows = confusionMatrix(rounds).map((counts, target) => {
    const cells = counts.map((count, read) => {
      const kind = read === target ? 'right' : 'wrong';
      return count === 0 ? '<td></td>' : `<td class="${kind}">${count}</td>`;
    });
    return `<tr><th scope="row">${target}</th>${cells.join('')}</tr>`;
  });
  const heads = [...'0123456789?'].map(name => `<th scope="col">${name}</th>`);
  table.innerHTML = `<tr><td></td>${heads.join('')}</tr>${rows.join('')}`;
  table.createCaption().textContent = summaryTitle(rounds);
}
