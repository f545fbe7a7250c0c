// back-up-feedback: writes a consistent copy of the SQLite store while services use it.

import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import type { FeedbackFile } from '../feedback/sqlite/connection.ts';
import { toServiceError } from '../feedback/sqlite/database.ts';
import { feedbackFileIn, sqliteStore } from '../feedback/sqlite/open-store.ts';
import { ServiceError } from '../service-error.ts';
import { countStore } from './copy-store.ts';
import type { ToolContext } from './tool.ts';

const usage = `Usage: back-up-feedback [--file FILE] [--json] BACKUP

Writes the SQLite store of corrections to the new file BACKUP while services use it, and checks the copy.
A database in FEEDBACK_URL is backed up by pg_dump.

  --file FILE  the SQLite file; by default feedback.sqlite in DATA_DIR
  --json       one JSON document on stdout
  --help       this text

Exit codes: 0 written, 2 error.
`;

const options = {
  file: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Pages between two turns of others; a writer restarts a copy that it finds in progress. */
const pagesAtOnce = 1000;

/** @throws ServiceError, or an error of parseArgs */
export async function backUp({ args, config, stdout, stderr }: ToolContext): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [target] = positionals;
  if (values.help || target === undefined || positionals.length > 1) {
    (values.help ? stdout : stderr).write(usage);
    return values.help ? 0 : 2;
  }
  const file = values.file ?? feedbackFileIn(config.dataDir);
  const counts = await writeBackup({ file, maxBytes: config.maxFeedbackBytes }, target);
  const { corrections, disagreements } = counts;
  stdout.write(
    values.json
      ? `${JSON.stringify({ type: 'backed-up', file: target, ...counts })}\n`
      : `${target} has ${corrections} corrections and ${disagreements} disagreements.\n`,
  );
  return 0;
}

async function writeBackup(source: FeedbackFile, target: string) {
  const { file, maxBytes } = source;
  if (existsSync(target)) {
    throw new ServiceError('feedback-inaccessible', `${target} exists; name a new file`);
  }
  // Checks owner and version.
  (await sqliteStore(source).read()).close();
  const unfinished = `${target}.unfinished`;
  try {
    await rm(unfinished, { force: true });
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      await backup(database, unfinished, { rate: pagesAtOnce });
    } finally {
      database.close();
    }
    requireIntegrity(unfinished);
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw toServiceError(error, target);
  }
  const copy = await sqliteStore({ file: target, maxBytes }).read();
  try {
    return await countStore(copy);
  } finally {
    copy.close();
  }
}

/** A backup is one file: without the log that a database in WAL mode has beside it. */
function requireIntegrity(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
    const { integrity_check: result } = database.prepare('PRAGMA integrity_check').get()!;
    if (result !== 'ok') throw new ServiceError('feedback-corrupt', `${file}: ${result}`);
  } finally {
    database.close();
  }
}
