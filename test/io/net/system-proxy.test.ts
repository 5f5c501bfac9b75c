import { describe, expect, test } from 'vitest';
import { macProxy, systemProxy, systemProxyHint, windowsProxy } from '../../../src/io/net/system-proxy.ts';

function registry(enabled: string, server: string): string {
  return `
HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings
    User Agent    REG_SZ    Mozilla/4.0
    ProxyEnable    REG_DWORD    ${enabled}
    ProxyServer    REG_SZ    ${server}
    ProxyOverride    REG_SZ    <local>
`.replaceAll('\n', '\r\n');
}

describe('the proxy of Windows', () => {
  test.each([
    ['0x1', 'proxy.contoso.example:8080', 'proxy.contoso.example:8080'],
    ['0x1', 'http=a:1;https=b:2;ftp=c:3', 'b:2'],
    ['0x1', 'http=a:1', undefined],
    ['0x0', 'proxy.contoso.example:8080', undefined],
  ])('enabled %s, %s is %s', (enabled, server, expected) => {
    expect(windowsProxy(registry(enabled, server))).toBe(expected);
  });

  test('is none where the registry says nothing', () => {
    expect(windowsProxy('')).toBeUndefined();
  });
});

describe('the proxy of macOS', () => {
  const answer = (enabled: number): string =>
    `<dictionary> {\n  HTTPEnable : 0\n  HTTPSEnable : ${enabled}\n  HTTPSPort : 3128\n  HTTPSProxy : proxy.example\n}\n`;
  test('is the one for https, if it is enabled', () => {
    expect(macProxy(answer(1))).toBe('proxy.example:3128');
    expect(macProxy(answer(0))).toBeUndefined();
    expect(macProxy('')).toBeUndefined();
  });
});

test('other systems have none beside the variables', async () => {
  expect(await systemProxy({}, new AbortController().signal, 'linux')).toBeUndefined();
});

test('the hint can be pasted', () => {
  expect(systemProxyHint('proxy.example:3128')).toMatch(/ HTTPS_PROXY=http:\/\/proxy\.example:3128$/u);
});
