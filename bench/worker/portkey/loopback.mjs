// This file is preloaded into Portkey's gateway, which otherwise listens on every address of the machine. It limits the
// gateway to loopback.
import { Server } from "node:net";

const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  return typeof port === "number"
    ? listen.call(this, { port, host: "127.0.0.1" }, ...rest.filter((argument) => typeof argument === "function"))
    : listen.call(this, port, ...rest);
};
