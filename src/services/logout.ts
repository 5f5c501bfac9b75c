import { removePythonToken } from '../auth/python-token.ts';
import type { Context } from '../context.ts';
import { openSignInStore } from '../steps/sign-in.ts';

/** Forgets all tokens, those of the Python tool too. */
export async function logout(_given: unknown, context: Context): Promise<void> {
  const { terminal, configDirectory } = context;
  const { wasThere, keychainProblem } = await openSignInStore(context).remove();
  const pythonTokenWasThere = await removePythonToken(configDirectory);
  if (keychainProblem !== undefined) {
    terminal.note(`The key of the sign-in stays in the keychain, which ${keychainProblem}; it opens nothing any more.`);
  }
  terminal.report(wasThere || pythonTokenWasThere ? 'Logout successful.' : 'Nobody was logged in.');
}
