// Preloaded into a service under test: measures the processor time of its main thread in each turn of
// the event loop, and sends the longest to the parent process when asked. Processor time does not
// grow when other processes keep the machine busy.

const intervalMs = 1;
const microsecondsPerMs = 1000;

let longest = 0;
let before = process.threadCpuUsage();

/** A timer is due once in a turn, so the time between two runs is that of a turn. */
function measure(): void {
  const { user, system } = process.threadCpuUsage(before);
  before = process.threadCpuUsage();
  longest = Math.max(longest, user + system);
  setTimeout(measure, intervalMs).unref();
}

process.on('message', message => {
  if (message !== 'longest-turn') return;
  process.send?.({ longestTurnMs: longest / microsecondsPerMs });
  longest = 0;
});
// The listener alone must not keep the service alive.
process.channel?.unref();
measure();
