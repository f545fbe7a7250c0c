// Many asynchronous jobs, a few at a time, their outcomes in the order of the jobs.

/**
 * @param run must not reject
 * @returns each outcome as soon as it and all before it are there. No more than `concurrency` jobs
 *   are begun and not yet handed out.
 */
export async function* mapInOrder<Job, Outcome>(
  jobs: readonly Job[],
  concurrency: number,
  run: (job: Job) => Promise<Outcome>,
): AsyncGenerator<Outcome> {
  const underWay: Promise<Outcome>[] = [];
  for (const job of jobs) {
    underWay.push(run(job));
    if (underWay.length < concurrency) continue;
    const first = underWay.shift();
    if (first !== undefined) yield await first;
  }
  for (const outcome of underWay) yield await outcome;
}
