// Preloaded into Portkey's gateway. It would listen on every address of the machine; this limits it to loopback.
import { Server } from "node:net";

const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  return typeof port === "number"
    ? listen.call(this, { port, host: "127.0.0.1" }, ...rest.filter((argument) => typeof argument === "function"))
    : listen.call(this, port, ...rest);
};
