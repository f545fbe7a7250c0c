// A process that never reports that it listens, but sends other messages.

process.on('disconnect', () => process.exit(0));
for (const message of [
  null,
  'listening',
  {},
  { type: 'listening', url: 'http://example.com:80' },
]) {
  process.send?.(message);
}
