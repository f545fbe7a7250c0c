// A trainer that finds nothing to learn and prints that on the last line of stderr.

process.stderr.write('Begins with the weights of standard-1-7f162361.\n');
process.stderr.write(
  'error data-missing: every correction of http://127.0.0.1:8000 is held out, as one in five is: correct more\n',
);
process.exitCode = 1;
