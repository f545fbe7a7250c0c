// The state of the connection to the service.

import type { ServedModel } from '@digits/client';

/**
 * Where the service comes from: the address that the user gave, the default address, where one was
 * running, or a child process of this app.
 */
export type ServiceOrigin = 'given' | 'found' | 'embedded';

export type ServiceState =
  /** Checking whether a service runs at an address. */
  | { readonly status: 'looking'; readonly origin: 'given' | 'found'; readonly url: string }
  /** There is none; an embedded one is starting. */
  | { readonly status: 'starting'; readonly origin: 'embedded' }
  | {
      readonly status: 'connected';
      readonly origin: ServiceOrigin;
      readonly url: string;
      readonly model: ServedModel;
    }
  /** Not available, for a printable reason; the app tries again by itself. */
  | {
      readonly status: 'away';
      readonly origin: ServiceOrigin;
      /** Where it was or should have been; an embedded one has none before it listens. */
      readonly url: string | undefined;
      readonly why: string;
      readonly retryInMs: number;
    };
