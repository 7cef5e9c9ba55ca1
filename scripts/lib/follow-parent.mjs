// Preloaded into the programs that the scripts start. Ends the program and its process group if the script that started
// it ends without ending the program. The program's own children inherit this preload, but it does nothing in them.
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
