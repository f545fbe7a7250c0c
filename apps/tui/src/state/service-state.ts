// Where the app stands with its service, as the status line tells it.

import type { ServedModel } from './prediction.ts';

/**
 * Whose service it is: at an address that the person gave, one that was found running at the usual
 * one, or our own, a child of this process.
 */
export type ServiceOrigin = 'given' | 'found' | 'embedded';

export type ServiceState =
  /** Asking at an address whether a service is there. */
  | { readonly status: 'looking'; readonly origin: 'given' | 'found'; readonly url: string }
  /** None was there; one of our own is starting. */
  | { readonly status: 'starting'; readonly origin: 'embedded' }
  | {
      readonly status: 'connected';
      readonly origin: ServiceOrigin;
      readonly url: string;
      readonly model: ServedModel;
    }
  /** It is not there, for a printable reason; it is looked for again by itself after a while. */
  | {
      readonly status: 'away';
      readonly origin: ServiceOrigin;
      /** Where it was or should have been; our own has none before it listens. */
      readonly url: string | undefined;
      readonly why: string;
      readonly retryInMs: number;
    };
