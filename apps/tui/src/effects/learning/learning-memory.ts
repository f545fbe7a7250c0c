// Keeps what the app remembers of learning between two sessions, in memory and on disk.

import type { LearningMemory } from '../../storage/learning-file.ts';

export interface LearningMemoryKeeper {
  get(): LearningMemory;
  /** Changes it and writes it; one write follows the other. */
  change(change: Partial<LearningMemory>): void;
}

interface LearningMemoryOptions {
  readonly initial: LearningMemory;
  readonly write: (memory: LearningMemory) => Promise<void>;
  /** Called with the error of the file system; the change applies to this session. */
  readonly onError: (error: unknown) => void;
}

export function createLearningMemory(options: LearningMemoryOptions): LearningMemoryKeeper {
  let memory = options.initial;
  let written = Promise.resolve();
  return {
    get: () => memory,
    change(change) {
      memory = { ...memory, ...change };
      const changed = memory;
      written = written.then(() => options.write(changed)).catch(options.onError);
    },
  };
}
