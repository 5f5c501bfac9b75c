import { text } from 'node:stream/consumers';

// Asks the keychain for `keychain.ts`, which can end this process when the keychain hangs. What to do and for which
// account comes as arguments, a secret only through stdin and stdout.

const service = 'paconn';
const nothingFound = 3;
const [, , operation, account = ''] = process.argv;

try {
  const value = await text(process.stdin);
  const { default: keytar } = await import('keytar');
  if (operation === 'set') await keytar.setPassword(service, account, value);
  else if (operation === 'delete') await keytar.deletePassword(service, account);
  else {
    const found = await keytar.getPassword(service, account);
    if (found === null) process.exit(nothingFound);
    process.stdout.write(found);
  }
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
