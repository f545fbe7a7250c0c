// A process that cannot start and prints a stack trace.

throw new RangeError('No model.');
