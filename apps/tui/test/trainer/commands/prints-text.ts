// A command that prints text for people, with control sequences, instead of JSON.

process.stdout.write('\u{1b}[2J\u{1b}[31mTraining well!\n');
setInterval(() => {}, 1000);
