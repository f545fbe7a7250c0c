// A child that runs and never says that it listens, though it says other things.

process.on('disconnect', () => process.exit(0));
for (const message of [
  null,
  'listening',
  {},
  { type: 'listening', url: 'http://example.com:80' },
]) {
  process.send?.(message);
}
