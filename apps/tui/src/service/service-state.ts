// Where the app stands with its service, as the status line tells it.

export type ServiceState =
  /** Asking at an address whether a service is there. */
  | { readonly kind: 'looking'; readonly url: string }
  /** None was there; one of our own is starting. */
  | { readonly kind: 'starting'; readonly missing: string | undefined }
  | {
      readonly kind: 'ready';
      readonly url: string;
      readonly modelVersion: string;
      readonly isOwn: boolean;
      /** The address that the person chose and where nothing answered, if so. */
      readonly missing: string | undefined;
    }
  /** None is there; the next question looks again. */
  | { readonly kind: 'down'; readonly why: string };
