// A command that is killed, as by the system when memory runs out.

process.kill(process.pid, 'SIGKILL');
