// Collects findings: those alike are one, with the first case that showed it and how many followed.

export interface Finding {
  readonly kind: string;
  readonly detail: string;
  /** Absent where it is of no single case. */
  readonly route?: string;
  /** The case that `--replay` takes. */
  readonly id?: number;
  /** What the case sent, as text. */
  readonly sent?: string;
}

export interface CountedFinding extends Finding {
  readonly count: number;
}

/** Tells answers apart: the status, and the code of a problem. */
function groupOf(detail: string): string {
  const [status = ''] = /^\d{3}/.exec(detail) ?? [];
  const [, code = ''] = /problem:([a-z-]+)/.exec(detail) ?? [];
  return status + code;
}

export class Findings {
  readonly #log: (line: string) => void;
  readonly #byKey = new Map<string, CountedFinding>();

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  add(finding: Finding): void {
    const { kind, route = '', detail } = finding;
    const key = `${kind} ${route} ${groupOf(detail)}`;
    const known = this.#byKey.get(key);
    this.#byKey.set(key, { ...(known ?? finding), count: (known?.count ?? 0) + 1 });
    if (!known) this.#log(`FINDING ${describeFinding({ ...finding, count: 1 })}`);
  }

  get list(): CountedFinding[] {
    return [...this.#byKey.values()];
  }
}

export function describeFinding({ kind, id, detail, sent, count }: CountedFinding): string {
  const times = count > 1 ? `, ${count} times` : '';
  const head = `${kind}${id === undefined ? '' : `, case ${id}`}${times}: ${detail}`;
  return sent === undefined ? head : `${head}\n  sent ${sent}`;
}
