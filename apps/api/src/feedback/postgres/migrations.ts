// The database's schema as migration steps, in the schema "digits". A released step is never changed; a
// change is another step.

import { ServiceError } from '../../service-error.ts';
import type { Database, Session } from './database.ts';

/** Of each row beside its picture: the network's input, the other columns and the indexes. */
export const rowBytes = 2048;

/** Step i leads from version i to i + 1. The columns are those of sqlite/migrations.ts. */
const steps = [
  // "sequence" is the order of arrival and never reused: rows are inserted under the lock of "usage",
  // so that a smaller number is never committed after a larger one.
  `CREATE TABLE digits.usage (
    id boolean PRIMARY KEY DEFAULT TRUE CHECK (id),
    bytes bigint NOT NULL
  );
  INSERT INTO digits.usage (bytes) VALUES (0);
  CREATE TABLE digits.feedback (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    label smallint NOT NULL CHECK (label BETWEEN 0 AND 9),
    source text NOT NULL,
    predicted smallint CHECK (predicted BETWEEN 0 AND 9),
    confidence double precision NOT NULL,
    accepted boolean NOT NULL,
    reason text,
    model_name text NOT NULL,
    model_version text NOT NULL,
    model_sha256 text NOT NULL,
    created_at timestamptz(3) NOT NULL,
    sha256 text NOT NULL,
    content_type text NOT NULL,
    byte_length integer NOT NULL,
    preprocessing text NOT NULL,
    seen bytea NOT NULL CHECK (octet_length(seen) = 784),
    picture bytea NOT NULL,
    UNIQUE (sha256, label)
  );
  CREATE INDEX feedback_by_label ON digits.feedback (label, predicted);
  CREATE INDEX feedback_by_time ON digits.feedback (created_at);
  CREATE TABLE digits.disagreements (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    champion_digit smallint NOT NULL CHECK (champion_digit BETWEEN 0 AND 9),
    champion_confidence double precision NOT NULL,
    champion_accepted boolean NOT NULL,
    champion_reason text,
    champion_name text NOT NULL,
    champion_version text NOT NULL,
    champion_sha256 text NOT NULL,
    shadow_digit smallint NOT NULL CHECK (shadow_digit BETWEEN 0 AND 9),
    shadow_confidence double precision NOT NULL,
    shadow_accepted boolean NOT NULL,
    shadow_reason text,
    shadow_name text NOT NULL,
    shadow_version text NOT NULL,
    shadow_sha256 text NOT NULL,
    created_at timestamptz(3) NOT NULL,
    sha256 text NOT NULL UNIQUE,
    content_type text NOT NULL,
    byte_length integer NOT NULL,
    preprocessing text NOT NULL,
    seen bytea NOT NULL CHECK (octet_length(seen) = 784),
    picture bytea NOT NULL
  );
  -- Also counts rows that are deleted by hand.
  CREATE FUNCTION digits.count_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      UPDATE digits.usage SET bytes = bytes + NEW.byte_length + ${rowBytes};
    ELSE
      UPDATE digits.usage SET bytes = bytes - OLD.byte_length - ${rowBytes};
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER count_bytes AFTER INSERT OR DELETE ON digits.feedback
    FOR EACH ROW EXECUTE FUNCTION digits.count_bytes();
  CREATE TRIGGER count_bytes AFTER INSERT OR DELETE ON digits.disagreements
    FOR EACH ROW EXECUTE FUNCTION digits.count_bytes();`,
];

/** Identifies the lock of migrations among the advisory locks of the database: "digits" in ASCII. */
const lockId = '110386840822899';

/**
 * Migrates a new or old database to the newest version, or leaves it unchanged on failure. Of replicas
 * that start together one migrates, and the others find its version.
 *
 * @throws ServiceError `feedback-too-new`
 */
export async function migrate(database: Database): Promise<void> {
  if ((await readVersion(database, database.place)) === steps.length) return;
  await database.transaction(async session => {
    await session.query(`SELECT pg_advisory_xact_lock(${lockId})`);
    const version = await readVersion(session, database.place);
    if (version === 0) {
      // An administrator can have created it, for a user who may not.
      const schemas = await session.query("SELECT FROM pg_namespace WHERE nspname = 'digits'");
      if (schemas.length === 0) await session.run('CREATE SCHEMA digits');
      await session.run(`CREATE TABLE digits.version (number integer NOT NULL);
        INSERT INTO digits.version VALUES (0)`);
    }
    for (const step of steps.slice(version)) await session.run(step);
    await session.run('UPDATE digits.version SET number = :number', { number: steps.length });
  });
}

/**
 * Accepts a store of the newest version, which is not migrated.
 *
 * @throws ServiceError `feedback-missing`, `feedback-too-old` or `feedback-too-new`
 */
export async function requireNewest(session: Pick<Session, 'query'>, place: string): Promise<void> {
  const version = await readVersion(session, place);
  if (version === steps.length) return;
  if (version === 0) throw new ServiceError('feedback-missing', `${place} has no store`);
  const reason = `version ${version}, ${steps.length} is needed: start this service with it once`;
  throw new ServiceError('feedback-too-old', `${place} has ${reason}`);
}

/** 0 for a new database. */
async function readVersion(session: Pick<Session, 'query'>, place: string): Promise<number> {
  // Not to_regclass(): within a transaction it can miss what another one has just committed.
  const tables = await session.query(
    "SELECT FROM pg_tables WHERE schemaname = 'digits' AND tablename = 'version'",
  );
  if (tables.length === 0) return 0;
  const [row] = await session.query('SELECT number FROM digits.version');
  const version = Number(row?.['number']);
  if (version <= steps.length) return version;
  throw new ServiceError(
    'feedback-too-new',
    `${place} has version ${version}, this service supports up to ${steps.length}: start a newer ` +
      'version, or set another FEEDBACK_URL',
  );
}
