// Posts corrections to the replicas as a client does that repeats what was refused, reads them back, and has
// a training learn from them.

import { runCommand } from '../../test/end-to-end/commands.ts';
import { picture } from '../../test/support/feedback.ts';
import { pause } from '../support/service.ts';

const senders = 4;

/** As the fastest client may: the seconds of Retry-After. */
const retryMs = 1000;

export interface Stored {
  readonly id: string;
  readonly label: number;
}

export interface Posted {
  readonly stored: readonly Stored[];
  /** Attempts that were not answered with the correction. */
  readonly repeated: number;
  /** Status codes other than those of a service that is away. */
  readonly unexpected: readonly number[];
}

/** @param onNext called with the number of each correction before it is posted */
export async function postCorrections(
  url: string,
  count: number,
  onNext: (index: number) => void,
): Promise<Posted> {
  const stored: Stored[] = [];
  const unexpected: number[] = [];
  let repeated = 0;
  let next = 0;
  const send = async () => {
    for (let index = next++; index < count; index = next++) {
      onNext(index);
      for (;;) {
        const answer = await post(url, index);
        if (typeof answer !== 'number') {
          stored.push(answer);
          break;
        }
        repeated++;
        if (![0, 502, 503].includes(answer)) unexpected.push(answer);
        await pause(retryMs);
      }
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  return { stored, repeated, unexpected };
}

/** @returns the correction, or the status of another answer: 0 for none */
async function post(url: string, index: number): Promise<Stored | number> {
  const headers = { 'content-type': 'image/png' };
  const init = { method: 'POST', headers, body: picture(index) };
  const response = await fetch(`${url}/feedback?label=${index % 10}`, init).catch(() => undefined);
  if (!response) return 0;
  // 200 after an attempt whose answer was lost.
  if (response.ok) return (await response.json()) as Stored;
  await response.arrayBuffer();
  return response.status;
}

interface Item extends Stored {
  readonly input: { readonly sha256: string };
}

/** All corrections, page by page. */
export async function readCorrections(url: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from = cursor === '' ? '' : `&cursor=${cursor}`;
    const response = await fetch(`${url}/feedback?limit=100&order=oldest${from}`);
    const page = (await response.json()) as { items: Item[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

export interface Learnt {
  /** Corrections that the training had, those that it holds out included. */
  readonly count: number;
  /** Why the training failed. */
  readonly failure: string | undefined;
}

export interface TrainingFolders {
  /** With a champion; the fine-tuned version is saved there. */
  readonly models: string;
  /** IDX files to train on beside the corrections. */
  readonly data: string;
}

export async function learnCorrections(
  url: string,
  { models, data }: TrainingFolders,
): Promise<Learnt> {
  const source = ['--feedback', url, '--data', data, '--confirm', 'all'] as const;
  const { exitCode, events, stderr } = await runCommand('train', ...source, '--out', models);
  const event = events.find(({ type }) => type === 'corrections');
  const { trained = 0, heldOut = 0 } = (event ?? {}) as Record<string, number>;
  const failure = exitCode === 0 ? undefined : `${exitCode}: ${stderr.trim().slice(-300)}`;
  return { count: trained + heldOut, failure };
}
