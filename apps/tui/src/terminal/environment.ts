// The environment as far as this app reads it: a record, so that tests give their own.

export type Environment = Readonly<Record<string, string | undefined>>;
