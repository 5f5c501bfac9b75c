// Loaded by Windows' Node under Wine before anything else. Wine cannot connect a socket on which keep-alive was set before: that
// waits until it is connected. Programs that are started load this file, too.
const childProcess = require('node:child_process');
const { syncBuiltinESMExports } = require('node:module');
const { Socket } = require('node:net');

const setKeepAlive = Reflect.get(Socket.prototype, 'setKeepAlive');
Socket.prototype.setKeepAlive = function (...args) {
  if (!this.connecting) return Reflect.apply(setKeepAlive, this, args);
  return this.once('connect', () => Reflect.apply(setKeepAlive, this, args));
};

const { spawn } = childProcess;
childProcess.spawn = (program, args, options) => {
  if (program !== process.execPath) return spawn(program, args, options);
  const NODE_OPTIONS = `--require ${__filename.replaceAll('\\', '/')}`;
  return spawn(program, args, { ...options, env: { ...(options?.env ?? process.env), NODE_OPTIONS } });
};
syncBuiltinESMExports();
