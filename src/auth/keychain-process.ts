import { argv, exit, stderr, stdin, stdout } from 'node:process';
import { text } from 'node:stream/consumers';

// Asks the keychain for `keychain.ts`, which can end this process when the keychain hangs. What to do and for which
// account comes as arguments, a secret only through stdin and stdout.

const service = 'paconn';
const nothingFound = 3;
const [, , operation, account = ''] = argv;

try {
  const value = await text(stdin);
  const { default: keytar } = await import('keytar');
  if (operation === 'set') await keytar.setPassword(service, account, value);
  else if (operation === 'delete') await keytar.deletePassword(service, account);
  else {
    const found = await keytar.getPassword(service, account);
    if (found === null) exit(nothingFound);
    stdout.write(found);
  }
} catch (error) {
  stderr.write(error instanceof Error ? error.message : String(error));
  exit(1);
}
