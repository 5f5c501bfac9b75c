import { type Disk, impatientDisk } from '../../src/io/fs/disk.ts';
import { reason } from '../../src/io/fs/disk-errors.ts';

/** The words of this system for EPERM. */
export const notPermitted = reason(Object.assign(new Error('EPERM'), { code: 'EPERM' }));

/** The disk of the test, on which a call fails when that is decided for it; `copyFile` leaves a part of the copy then. */
export function faultyDisk(faultOf: (call: keyof Disk, path: string) => string | undefined): Disk {
  const check = (call: keyof Disk, path: string): void => {
    const code = faultOf(call, path);
    if (code !== undefined) throw Object.assign(new Error(`${code}: ${call} '${path}'`), { code });
  };
  return {
    open: async (path, ...args) => {
      check('open', path);
      return await impatientDisk.open(path, ...args);
    },
    glance: async (path) => {
      check('glance', path);
      return await impatientDisk.glance(path);
    },
    writeFile: async (path, content) => {
      check('writeFile', path);
      await impatientDisk.writeFile(path, content);
    },
    claim: async (path, text) => {
      check('claim', path);
      await impatientDisk.claim(path, text);
    },
    copyFile: async (from, to) => {
      await impatientDisk.copyFile(from, to);
      try {
        check('copyFile', from);
      } catch (error) {
        await impatientDisk.writeFile(to, '');
        throw error;
      }
    },
    rename: async (from, to) => {
      check('rename', to);
      await impatientDisk.rename(from, to);
    },
    rm: async (path, options) => {
      check('rm', path);
      await impatientDisk.rm(path, options);
    },
    rmdir: async (path) => {
      check('rmdir', path);
      await impatientDisk.rmdir(path);
    },
    mkdir: async (path, options) => {
      check('mkdir', path);
      return await impatientDisk.mkdir(path, options);
    },
    realpath: async (path) => {
      check('realpath', path);
      return await impatientDisk.realpath(path);
    },
  };
}
