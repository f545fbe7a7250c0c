// A command whose words are for people, and try to steer the terminal.

process.stdout.write('\u{1b}[2J\u{1b}[31mTraining well!\n');
setInterval(() => {}, 1000);
