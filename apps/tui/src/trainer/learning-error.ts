// What can go wrong with learning in a child process, as one error with a stable code.

export type LearningErrorCode =
  /** The trainer is not where this app is. */
  | 'LEARNING_NOT_HERE'
  /** The process could not be made. */
  | 'LEARNING_NOT_STARTED'
  /** It ended by itself without having done what it was started for. */
  | 'LEARNING_FAILED'
  /** Somebody else ended it. */
  | 'LEARNING_KILLED'
  /** It said what the contract does not know. */
  | 'LEARNING_BAD_OUTPUT'
  /** This app ended it. */
  | 'LEARNING_STOPPED';

/** The message is printable text without a line break, fit for the screen. */
export class LearningError extends Error {
  override readonly name = 'LearningError';
  readonly code: LearningErrorCode;

  constructor(code: LearningErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
