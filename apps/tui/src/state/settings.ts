// What a person can choose, and keeps from one day to the next. A file of settings is hostile until
// checked: each field stands by itself, and one that is wrong is as good as absent.

export const themes = ['auto', 'light', 'dark'] as const;

/** `auto` takes what the terminal says of itself. */
export type ThemeChoice = (typeof themes)[number];

/** Whether drawings of practice may be kept for training; `undecided` until it was asked. */
export const consents = ['undecided', 'given', 'refused'] as const;
export type Consent = (typeof consents)[number];

export interface Settings {
  /** The service to ask; undefined for the usual one. */
  readonly apiUrl: string | undefined;
  /** Whether the drawing is read while it is drawn. */
  readonly isLive: boolean;
  readonly theme: ThemeChoice;
  /** Whether the reading is explained on the canvas from the start. */
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

/** Longer than any address that someone types. */
const maxUrlCharacters = 300;

/** @returns settings, whatever came: a field that cannot be used has its usual value. */
export function parseSettings(value: unknown): Settings {
  const { apiUrl, isLive, theme, isExplaining, practiceConsent } = recordOf(value);
  const usual = defaultSettings;
  return {
    apiUrl: typeof apiUrl === 'string' && isServiceUrl(apiUrl) ? apiUrl : usual.apiUrl,
    isLive: typeof isLive === 'boolean' ? isLive : usual.isLive,
    theme: themes.find(choice => choice === theme) ?? usual.theme,
    isExplaining: typeof isExplaining === 'boolean' ? isExplaining : usual.isExplaining,
    practiceConsent: consents.find(choice => choice === practiceConsent) ?? usual.practiceConsent,
  };
}

/** @returns whether a text can be the address of a service: http or https, and fit for the screen. */
export function isServiceUrl(text: string): boolean {
  const isPlain = text.length <= maxUrlCharacters && /^[\x21-\x7e]+$/.test(text);
  return isPlain && /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
