// Corrections that are sent under faults: what was answered, and whether it is stored.

import { picture } from '../../test/support/feedback.ts';
import type { Answer } from '../hostile/answer.ts';
import { ask } from '../hostile/exchange.ts';
import { hold } from './scenario.ts';

const contentType = 'image/png';

export class Corrections {
  /** The pictures by the ids in the answers 201. */
  readonly answered = new Map<string, Buffer>();
  /** How often each other status was the answer, or `none`. */
  readonly refused = new Map<number | 'none', number>();
  #sent = 0;

  /** Sends one that was not sent before. @returns undefined where there was no answer */
  async send(port: number): Promise<Answer | undefined> {
    const index = this.#sent++;
    const bytes = picture(index);
    const path = `/feedback?label=${Math.floor(index / 40) % 10}`;
    const answer = await ask(port, 'POST', path, { contentType, bytes }).catch(() => undefined);
    if (answer?.status === 201) this.answered.set(JSON.parse(`${answer.body}`).id, bytes);
    else {
      const status = answer?.status ?? 'none';
      this.refused.set(status, (this.refused.get(status) ?? 0) + 1);
    }
    return answer;
  }

  /** Sends so many, several at a time. */
  async sendMany(port: number, count: number, parallel = 4): Promise<void> {
    let left = count;
    const sender = async () => {
      while (left-- > 0) await this.send(port);
    };
    await Promise.all(Array.from({ length: parallel }, sender));
  }

  /** Sends until this many in a row were refused. @throws Error where `max` do not suffice */
  async sendUntilRefused(port: number, inARow = 20, max = 4000): Promise<void> {
    let left = max;
    let refused = 0;
    const sender = async () => {
      while (refused < inARow && left-- > 0) {
        const answer = await this.send(port);
        refused = answer?.status === 201 ? 0 : refused + 1;
      }
    };
    await Promise.all(Array.from({ length: 4 }, sender));
    hold(refused >= inARow, `nothing was refused among ${max}`);
  }

  /** @throws Error where an answered correction is not there as it was sent */
  async holdStored(port: number): Promise<void> {
    hold(this.answered.size > 0, 'no correction was accepted');
    let lost = 0;
    for (const [id, bytes] of this.answered) {
      const { status, body } = await ask(port, 'GET', `/feedback/${id}/image`);
      if (status !== 200 || !body.equals(bytes)) lost++;
    }
    hold(lost === 0, `${lost} of ${this.answered.size} corrections answered with 201 are lost`);
  }

  /** @throws Error where anything was refused in another way than by these statuses */
  holdRefusedBy(...statuses: readonly (number | 'none')[]): void {
    const others = [...this.refused].filter(([status]) => !statuses.includes(status));
    hold(others.length === 0, `answers by status: ${JSON.stringify(others)}`);
  }
}

/** @throws Error where a picture is not classified */
export async function holdPredicts(port: number): Promise<void> {
  const { status, body } = await ask(port, 'POST', '/predict', { contentType, bytes: picture(0) });
  hold(status === 200, `/predict is ${status}: ${body}`);
}

/** @throws Error where the service is not alive, ready, and able to predict */
export async function holdServes(port: number): Promise<void> {
  for (const path of ['/health/live', '/health/ready']) {
    const { status, body } = await ask(port, 'GET', path);
    hold(status === 200, `${path} is ${status}: ${body}`);
  }
  await holdPredicts(port);
}

/** @throws Error where readiness says otherwise of the store */
export async function holdFeedbackState(port: number, state: string): Promise<void> {
  const { body } = await ask(port, 'GET', '/health/ready');
  const { feedback } = JSON.parse(`${body}`);
  hold(feedback === state, `readiness says that feedback is ${feedback}, not ${state}`);
}
