// A command that somebody kills, as the system does when memory runs out.

process.kill(process.pid, 'SIGKILL');
