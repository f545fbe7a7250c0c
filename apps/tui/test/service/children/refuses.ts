// A process that cannot start and prints a message.

process.stderr.write('There is no model.\nTrain one first.\n');
process.exit(3);
