// The kinds of environment variables: what each takes, and how that is said to people.

export interface Variable<Value> {
  readonly name: string;
  readonly help: string;
  /** What an absent or empty variable stands for. */
  readonly fallback: Value;
  /** The fallback, as people read it. */
  readonly fallbackText: string;
  /** Completes "… must be". */
  readonly expected: string;
  /** Whether its value must not be shown. */
  readonly isSecret: boolean;
  /** @returns undefined for what it does not take */
  parse(text: string): Value | undefined;
}

/** What every kind is told about a variable. */
interface Description<Value> {
  readonly name: string;
  readonly help: string;
  readonly fallback: Value;
  readonly fallbackText?: string;
}

export function text(description: Description<string>): Variable<string> {
  return variable(description, 'text', value => value);
}

export function wholeNumber<Fallback extends number | null>(
  description: Description<Fallback>,
  { least, most }: { readonly least: number; readonly most: number },
): Variable<number | Fallback> {
  return variable<number | Fallback>(
    description,
    `a whole number from ${least} to ${most}`,
    value => {
      const number = Number(value);
      return /^\d+$/.test(value) && number >= least && number <= most ? number : undefined;
    },
  );
}

export function oneOf<const Choice extends string>(
  description: Description<Choice>,
  choices: readonly Choice[],
): Variable<Choice> {
  return variable(description, `one of ${choices.join(', ')}`, value =>
    choices.find(choice => choice === value),
  );
}

/** Downwards only, and nothing hidden. */
export function pathBelow(
  description: Description<string | null>,
  expected: string,
): Variable<string | null> {
  const name = '[A-Za-z0-9][A-Za-z0-9._-]{0,99}';
  const path = new RegExp(`^${name}(/${name})*$`);
  return variable<string | null>(description, expected, value =>
    path.test(value) ? value : undefined,
  );
}

/** Shorter ones can be guessed, and others do not go into a header as they are. */
export function key(description: Description<string | null>): Variable<string | null> {
  const parse = (value: string) => (/^[\x21-\x7e]{1,256}$/.test(value) ? value : undefined);
  const expected = '1 to 256 visible ASCII characters without spaces';
  return { ...variable<string | null>(description, expected, parse), isSecret: true };
}

/** Origins as browsers send them, or `*` for all. */
export function origins(description: Description<readonly string[]>): Variable<readonly string[]> {
  const expected = '* or origins like https://example.org, with commas between them';
  return variable(description, expected, value => {
    const list = value.split(',').map(origin => origin.trim());
    const isGood = value === '*' || list.every(isOrigin);
    return isGood ? list : undefined;
  });
}

function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.parse(value)?.origin === value;
}

function variable<Value>(
  { name, help, fallback, fallbackText = String(fallback) }: Description<Value>,
  expected: string,
  parse: (text: string) => Value | undefined,
): Variable<Value> {
  return { name, help, fallback, fallbackText, expected, isSecret: false, parse };
}
