// Preloaded into programs that the scripts start: ends the program, and its process group, when the script that
// started it is gone without a word.
process.on("disconnect", () => {
  if (process.platform === "win32") process.exit(143);
  process.kill(-process.pid, "SIGTERM");
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), 1000);
});
process.channel?.unref();
