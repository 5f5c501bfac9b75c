import axios from 'axios';

/** Where a form sends what, and what the user sees then. */
export interface BrowserVisit {
  readonly action: URL;
  readonly fields: Readonly<Record<string, string>>;
  /** The page behind the form. */
  readonly page: string;
}

/** What a browser does with the address of a sign-in page: opens it, and sends the form that comes on. */
export async function visit(address: string, changes: Readonly<Record<string, string>> = {}): Promise<BrowserVisit> {
  const { data: html } = await axios.get<string>(address, { responseType: 'text' });
  const action = new URL(unescaped(/<form [^>]*action="([^"]*)"/.exec(html)?.[1] ?? ''));
  const inputs = [...html.matchAll(/<input [^>]*name="([^"]*)" value="([^"]*)"/g)];
  const fields = {
    ...Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, unescaped(value)])),
    ...changes,
  };
  const answer = await axios.post<string>(action.href, new URLSearchParams(fields).toString(), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    validateStatus: () => true,
  });
  return { action, fields, page: answer.data };
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
