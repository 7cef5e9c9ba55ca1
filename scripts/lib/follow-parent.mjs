// Preloaded into programs that the scripts start: ends the program, and its process group, when the script that
// started it is gone without a word. What such a program starts itself inherits this preload, and is none of its business.
if (process.env.RIVULET_PARENT === String(process.ppid)) {
  process.on("disconnect", () => {
    signalGroup("SIGTERM");
    setTimeout(() => signalGroup("SIGKILL"), 1000);
  });
  process.channel?.unref();
}

function signalGroup(signal) {
  process.kill(process.platform === "win32" ? process.pid : -process.pid, signal);
}
