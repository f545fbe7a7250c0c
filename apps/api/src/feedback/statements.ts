// SQL that both kinds of database understand, with named parameters, for tables of either.

interface Tables {
  readonly feedback: string;
  readonly disagreements: string;
}

/** Inserts a row with these columns, whose values are parameters of the same names. */
export function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns}) VALUES (${columns.map(name => `:${name}`)})`;
}

/** Copies a disagreement to the corrections: its picture and the champion's answer, with the label. */
export function insertCorrection({ feedback, disagreements }: Tables): string {
  return `
    INSERT INTO ${feedback} (id, label, source, predicted, confidence, accepted, reason, model_name,
      model_version, model_sha256, created_at, sha256, content_type, byte_length, preprocessing, seen,
      picture)
    SELECT id, :label, 'disagreement', champion_digit, champion_confidence, champion_accepted,
      champion_reason, champion_name, champion_version, champion_sha256, :now, sha256, content_type,
      byte_length, preprocessing, seen, picture
    FROM ${disagreements} WHERE id = :id
    ON CONFLICT (sha256, label) DO NOTHING`;
}

/** Deletes the oldest disagreements until one more with this many bytes fits. */
export function deleteOldest({ disagreements }: Pick<Tables, 'disagreements'>): string {
  return `
    DELETE FROM ${disagreements} WHERE sequence IN (
      SELECT sequence FROM (
        SELECT sequence, row_number() OVER newest AS place, sum(byte_length) OVER newest AS bytes
        FROM ${disagreements} WINDOW newest AS (ORDER BY sequence DESC)
      ) AS numbered WHERE place >= :maxCount OR bytes > :maxBytes
    )`;
}
