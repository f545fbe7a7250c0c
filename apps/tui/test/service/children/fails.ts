// A child that cannot start: it says why on stderr, in its stack trace.

throw new RangeError('No model.');
