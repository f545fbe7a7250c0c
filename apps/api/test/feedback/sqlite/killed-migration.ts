// Migrates the database in its argument, and is killed right before the commit.

import { DatabaseSync } from 'node:sqlite';
import { migrate } from '../../../src/feedback/sqlite/migrations.ts';

class MortalDatabase extends DatabaseSync {
  override exec(sql: string): void {
    if (sql === 'COMMIT') process.kill(process.pid, 'SIGKILL');
    super.exec(sql);
  }
}

const file = process.argv[2]!;
migrate(new MortalDatabase(file), file);
