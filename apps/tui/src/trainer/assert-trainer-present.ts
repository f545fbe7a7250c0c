// The trainer's commands are missing where only a part of the repository was copied.

import { existsSync } from 'node:fs';
import { AppError } from '../app-error.ts';
import type { Programs } from '../programs.ts';

/** What the trainer's clients start. */
export type TrainerPrograms = Pick<Programs, 'root' | 'train' | 'promote' | 'background'>;

/** @throws AppError `trainer-missing` naming the file that is missing */
export function assertTrainerPresent({ train, promote, background }: TrainerPrograms): void {
  const missing = [train[0], promote[0], background].find(path => !existsSync(path));
  if (missing === undefined) return;
  const message = `${missing} does not exist: learning needs the whole repository.`;
  throw new AppError('trainer-missing', message);
}
