// A child that cannot start: it says why on stderr, in sentences of its own.

process.stderr.write('There is no model.\nTrain one first.\n');
process.exit(3);
