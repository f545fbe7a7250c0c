// node load.ts URL FILE: sends a picture repeatedly until it receives a message, then sends its parent
// the number of answers, the failures, and the versions that answered.

import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const [url, file] = process.argv.slice(2);
const body = await readFile(file!);
const parallel = 4;

/** Between an answer and the next request, to leave the processor to the training. */
const pauseMs = 25;

let isStopped = false;
let answered = 0;
const failures: string[] = [];
const versions = new Set<string>();

process.once('message', () => {
  isStopped = true;
});

async function sendRepeatedly(): Promise<void> {
  while (!isStopped) {
    try {
      const response = await fetch(`${url}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body,
      });
      const answer = (await response.json()) as { code?: string; model: { version: string } };
      if (response.status === 200) versions.add(answer.model.version);
      else failures.push(`${response.status} ${answer.code}`);
      answered++;
    } catch (error) {
      failures.push(String(error));
    }
    await pause(pauseMs);
  }
}

process.send!('started');
await Promise.all(Array.from({ length: parallel }, sendRepeatedly));
process.send!({ answered, failures, versions: [...versions] });
process.disconnect();
