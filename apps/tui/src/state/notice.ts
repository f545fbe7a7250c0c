// The last event in words.

/** A part of the state that a message can be about. */
export type NoticeTopic = 'service' | 'learning' | 'settings' | 'mouse';

/** The last event in words; `isBad` for an error. */
export interface Notice {
  readonly text: string;
  readonly isBad: boolean;
  /** It goes when this changes; with another drawing or mode it goes in any case. */
  readonly about?: NoticeTopic;
}
