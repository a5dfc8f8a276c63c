// Loaded first by a process that serves a function or plays plans: its counts are kept when it ends. A crash point ends it
// by SIGKILL, of which no handler hears, so the order to do that is listened for. What others kill leaves no counts.
const keepCounts = require('./keepCounts.cjs');

process.on('exit', keepCounts);
const kill = process.kill.bind(process);
process.kill = (pid, signal) => {
  if (pid === process.pid && signal === 'SIGKILL') keepCounts();
  return kill(pid, signal);
};
