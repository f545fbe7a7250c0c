// copy-feedback: carries the corrections and disagreements of a SQLite file into PostgreSQL, or back.

import { parseArgs } from 'node:util';
import type { Config } from '../config/config.ts';
import { configuredPostgresStore } from '../feedback/postgres/open-store.ts';
import { feedbackFileIn, sqliteStore } from '../feedback/sqlite/open-store.ts';
import type { FeedbackSnapshot, StoreOpener } from '../feedback/store.ts';
import { ServiceError } from '../service-error.ts';
import { type CopyCounts, copyStore, countStore } from './copy-store.ts';
import type { ToolContext } from './tool.ts';

const usage = `Usage: copy-feedback to-postgres|to-sqlite [--file FILE] [--dry-run] [--json]

Copies all corrections and disagreements between a SQLite file and the PostgreSQL database in FEEDBACK_URL.
What the target has already is not stored twice: repeat an interrupted copy to complete it.

  --file FILE  the SQLite file; by default feedback.sqlite in DATA_DIR
  --dry-run    count what both have, and write nothing
  --json       one JSON document on stdout
  --help       this text

MAX_FEEDBACK_BYTES limits the target. Exit codes: 0 copied, 1 nothing to copy, 2 error, 130 interrupted.
`;

const options = {
  file: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Ends {
  readonly source: StoreOpener;
  readonly target: StoreOpener;
}

/** @throws ServiceError of either store, or an error of parseArgs */
export async function copyFeedback(context: ToolContext): Promise<number> {
  const { args, config, stdout, stderr } = context;
  const { values, positionals } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
  });
  const [direction] = positionals;
  const isKnown = direction === 'to-postgres' || direction === 'to-sqlite';
  if (values.help || !isKnown || positionals.length > 1) {
    (values.help ? stdout : stderr).write(usage);
    return values.help ? 0 : 2;
  }
  const file = values.file ?? feedbackFileIn(config.dataDir);
  const ends = endsOf(direction, file, config);
  try {
    const source = await ends.source.read();
    try {
      const run = values['dry-run'] ? compare : copy;
      return await run(source, ends, context, values.json);
    } finally {
      source.close();
    }
  } finally {
    ends.source.close();
    ends.target.close();
  }
}

function endsOf(direction: 'to-postgres' | 'to-sqlite', file: string, config: Config): Ends {
  const { feedbackUrl: url, maxFeedbackBytes: maxBytes } = config;
  if (!url) {
    throw new ServiceError(
      'invalid-config',
      'FEEDBACK_URL must be set to the PostgreSQL database.',
    );
  }
  const sqlite = sqliteStore({ file, maxBytes });
  const postgres = configuredPostgresStore(url, config, () => {});
  return direction === 'to-postgres'
    ? { source: sqlite, target: postgres }
    : { source: postgres, target: sqlite };
}

/** Counts what both have; a target that does not exist has nothing. */
async function compare(
  source: FeedbackSnapshot,
  { target: opener }: Ends,
  { stdout }: ToolContext,
  json: boolean,
): Promise<number> {
  const found = await countStore(source);
  const existing = await countTarget(opener);
  if (json) {
    stdout.write(`${JSON.stringify({ type: 'dry-run', source: found, target: existing })}\n`);
  } else {
    stdout.write(
      `The source has ${summarize(found)}; the target has ` +
        `${existing ? summarize(existing) : 'no store yet'}. Nothing was written.\n`,
    );
  }
  return found.corrections + found.disagreements === 0 ? 1 : 0;
}

/** @returns null where there is no store yet */
async function countTarget(opener: StoreOpener) {
  try {
    const target = await opener.read();
    const counts = await countStore(target);
    target.close();
    return counts;
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'feedback-missing') return null;
    throw error;
  }
}

const summarize = (counts: { readonly corrections: number; readonly disagreements: number }) =>
  `${counts.corrections} corrections and ${counts.disagreements} disagreements`;

const progressIntervalMs = 500;

async function copy(
  source: FeedbackSnapshot,
  ends: Ends,
  context: ToolContext,
  json: boolean,
): Promise<number> {
  const { stdout, stderr, signal } = context;
  const target = await ends.target.open();
  let counts: CopyCounts | undefined;
  let shownMs = performance.now();
  try {
    const copying = copyStore(source, target);
    for (;;) {
      const { value, done } = await copying.next();
      counts = value;
      if (done) break;
      if (signal.aborted) {
        await copying.return(value);
        break;
      }
      if (!stderr.isTTY || performance.now() - shownMs < progressIntervalMs) continue;
      shownMs = performance.now();
      stderr.write(`\r${value.correctionsRead} of ${value.corrections} corrections`);
    }
  } catch (error) {
    if (counts) stderr.write(`${describe(counts)} Repeat the copy to complete it.\n`);
    throw error;
  } finally {
    if (stderr.isTTY) stderr.write('\r\x1b[K');
    target.close();
  }
  if (signal.aborted) {
    stderr.write(`Interrupted. ${describe(counts)} Repeat the copy to complete it.\n`);
    return 130;
  }
  const { source: from, target: to } = ends;
  const document = { type: 'copied', from: from.type, to: to.type, ...counts };
  stdout.write(json ? `${JSON.stringify(document)}\n` : `${describe(counts)}\n`);
  return counts.correctionsRead + counts.disagreementsRead === 0 ? 1 : 0;
}

function describe(counts: CopyCounts): string {
  const { correctionsRead, correctionsStored, disagreementsRead, disagreementsStored } = counts;
  const present = correctionsRead - correctionsStored;
  const skipped = disagreementsRead - disagreementsStored;
  return (
    `Copied ${correctionsStored} corrections (${present} were there already) and ` +
    `${disagreementsStored} disagreements (${skipped} were there, labelled, or too large).`
  );
}
