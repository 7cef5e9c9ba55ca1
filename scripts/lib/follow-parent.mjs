// Preloaded into programs that the scripts start: ends the program, and its process group, when the script that
// started it is gone without a word.
process.on("disconnect", () => {
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), 1000);
});
process.channel?.unref();

function signalGroup(signal) {
  try {
    process.kill(process.platform === "win32" ? process.pid : -process.pid, signal);
  } catch {
    process.exit(143); // this program leads no group: it was started by another one, which leads it
  }
}
