// This file is preloaded into the programs that the scripts start. If a script ends without ending a program that it
// started, this code ends the program and its process group. The program's own children inherit this preload, but it
// does nothing in them.
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
