/**
 * The child lives no longer than its parent: when the channel closes it kills itself at once, for a plain exit would
 * wait for the decoder's thread. Imported before all else, so that no moment is left unwatched.
 */
process.on('disconnect', end);
if (!process.connected) end();

function end() {
  process.kill(process.pid, 'SIGKILL');
}
