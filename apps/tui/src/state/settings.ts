// The settings, which are kept between sessions, and their validation: each field is checked by
// itself, and an invalid one has its default.

export const themes = ['auto', 'light', 'dark'] as const;

/** `auto` is the theme of the terminal. */
export type ThemeChoice = (typeof themes)[number];

/** Whether drawings of practice may be kept for training; `undecided` until the user was asked. */
export const consents = ['undecided', 'given', 'refused'] as const;
export type Consent = (typeof consents)[number];

export interface Settings {
  /** The address of the service; `undefined` for the default one. */
  readonly apiUrl: string | undefined;
  /** Whether predictions are requested while drawing. */
  readonly isLive: boolean;
  readonly theme: ThemeChoice;
  /** Whether the evidence overlay is shown from the start. */
  readonly isExplaining: boolean;
  readonly practiceConsent: Consent;
}

export const defaultSettings: Settings = {
  apiUrl: undefined,
  isLive: true,
  theme: 'auto',
  isExplaining: false,
  practiceConsent: 'undecided',
};

/** Longer than any address that is typed. */
const maxUrlCharacters = 300;

/** @returns settings from any value: a field that is missing or invalid has its default. */
export function parseSettings(value: unknown): Settings {
  const { apiUrl, isLive, theme, isExplaining, practiceConsent } = recordOf(value);
  return {
    apiUrl: typeof apiUrl === 'string' && isServiceUrl(apiUrl) ? apiUrl : defaultSettings.apiUrl,
    isLive: typeof isLive === 'boolean' ? isLive : defaultSettings.isLive,
    theme: themes.find(choice => choice === theme) ?? defaultSettings.theme,
    isExplaining: typeof isExplaining === 'boolean' ? isExplaining : defaultSettings.isExplaining,
    practiceConsent:
      consents.find(choice => choice === practiceConsent) ?? defaultSettings.practiceConsent,
  };
}

/** @returns whether a text is an http or https address of printable ASCII. */
export function isServiceUrl(text: string): boolean {
  const isPlain = text.length <= maxUrlCharacters && /^[\x21-\x7e]+$/.test(text);
  return isPlain && /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
