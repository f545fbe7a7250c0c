// A command that throws.

process.stderr.write('standard-1-7f162361\n');
throw new RangeError('Too many weights.');
