import { describe, expect, test } from 'vitest';
import { isSameCloud, requireDataverse, requireTrusted } from '../../src/api/trusted-hosts.ts';
import { isLoopback } from '../../src/io/net/hosts.ts';
import { UsageError } from '../../src/errors.ts';

/** Whether a token may go there. */
function isTrusted(url: string, trustedHosts: readonly string[] = [], isNamed = true): boolean {
  try {
    requireTrusted(new URL(url), trustedHosts, isNamed);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

describe('an access token may go to', () => {
  test.each([
    'https://api.powerapps.com',
    'https://powerapps.com',
    'https://europe.api.powerapps.com/some/path?and=query',
    'https://api.flow.microsoft.com',
    'https://flow.microsoft.com',
    'https://api.powerapps.us',
    'https://gov.api.flow.microsoft.us',
    'https://api.apps.appsplatform.us',
    'https://api.powerapps.cn',
    'https://api.powerautomate.cn',
    'https://europe.api.bap.microsoft.com',
    'https://api.bap.microsoft.com',
    'https://api.powerplatform.com',
    'https://make.powerautomate.com',
    'https://API.PowerApps.COM',
    'https://api.powerapps.com:443',
    'https://api.powerapps.com:8443',
  ])('Power Platform: %s', (url) => {
    expect(isTrusted(url)).toBe(true);
  });

  test.each([
    'http://localhost:8080',
    'https://localhost',
    'https://LOCALHOST:1',
    'http://127.0.0.1:8080',
    'http://127.8.9.10',
    'http://127.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://[::1]:8080',
    'http://[0:0:0:0:0:0:0:1]',
  ])('this machine: %s', (url) => {
    expect(isTrusted(url)).toBe(true);
    expect(isLoopback(new URL(url))).toBe(true);
  });
});

describe('no access token goes to', () => {
  test.each([
    'https://evil.example',
    'https://evilpowerapps.com',
    'https://powerapps.com.evil.example',
    'https://api-powerapps.com',
    'https://powerapps.co',
    'https://microsoft.com',
    'https://evil.microsoft.com',
    'https://bap.microsoft.com',
    'https://evilflow.microsoft.com',
    'https://api.powerapps.com@evil.example',
    'https://api.powerapps.com:443@evil.example',
    'https://api.powerapps.com%40evil.example@evil.example',
    'https://evil.example/api.powerapps.com',
    'https://evil.example?api.powerapps.com',
    'https://evil.example#.powerapps.com',
    'https://evil.example\\.powerapps.com',
    'https://api.powerapps.com.',
    'https://api.powerаpps.com',
    'https://api。powerapps。com.evil.example',
    'https://xn--powerapps-xyz.com',
    'https://.com',
    'https://8.8.8.8',
    'https://[2001:db8::1]',
  ])("someone else's host: %s", (url) => {
    expect(isTrusted(url)).toBe(false);
  });

  test.each([
    'http://localhost.evil.example',
    'https://127.0.0.1.evil.example',
    'https://localhost.',
    'https://sub.localhost',
    'http://0.0.0.0',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://128.0.0.1',
    'http://10.127.0.0.1.nip.example',
  ])('what only looks like this machine: %s', (url) => {
    expect(isTrusted(url)).toBe(false);
    expect(isLoopback(new URL(url))).toBe(false);
  });

  test.each(['http://api.powerapps.com', 'ftp://api.powerapps.com', 'ws://api.powerapps.com'])(
    'Power Platform other than by https: %s',
    (url) => {
      expect(isTrusted(url)).toBe(false);
    },
  );
});

test('over http a token is sent to this computer only if the user named it, not a file or service', () => {
  expect(isTrusted('http://localhost:8080', [], false)).toBe(false);
  expect(isTrusted('http://localhost:8080', ['localhost:8080'], false)).toBe(true);
  expect(isTrusted('http://localhost:8080', ['localhost:8081'], false)).toBe(false);
  expect(isTrusted('https://localhost:8080', [], false)).toBe(true);
  expect(() => requireTrusted(new URL('http://127.0.0.1:8080'), [], false)).toThrow(
    expect.objectContaining({ hint: 'To trust the host, set PACONN_TRUSTED_HOSTS=127.0.0.1:8080.' }),
  );
});

describe('a host that the user trusts', () => {
  test.each([
    ['https://api.contoso.example', 'api.contoso.example'],
    ['https://api.contoso.example', 'API.Contoso.Example'],
    ['https://api.contoso.example:8443', 'api.contoso.example'],
    ['https://api.contoso.example:8443', 'api.contoso.example:8443'],
    ['https://api.contoso.example', 'api.contoso.example:443'],
    ['https://api.contoso.example:8443', '*.contoso.example:8443'],
    ['https://api.contoso.example', '*.contoso.example'],
    ['https://far.api.contoso.example', '*.contoso.example'],
    ['https://10.0.0.5:8443', '10.0.0.5'],
    ['https://bücher.example', 'xn--bcher-kva.example'],
  ])('%s by %s', (url, pattern) => {
    expect(isTrusted(url)).toBe(false);
    expect(isTrusted(url, ['other.example', pattern])).toBe(true);
  });

  test.each([
    ['https://contoso.example', '*.contoso.example'],
    ['https://evilcontoso.example', '*.contoso.example'],
    ['https://contoso.example.evil.example', 'contoso.example'],
    ['https://api.contoso.example', 'contoso.example'],
    ['https://api.contoso.example:8443', 'api.contoso.example:443'],
    ['https://api.contoso.example:8443', '*.contoso.example:443'],
    ['https://evil.example', '*'],
    ['https://evil.example.', '*.'],
    ['https://evil.example', ''],
    ['http://contoso.example', 'contoso.example'],
    ['https://contoso.example@evil.example', 'contoso.example'],
  ])('is not %s by %s', (url, pattern) => {
    expect(isTrusted(url, [pattern])).toBe(false);
  });
});

test('a refused host is reported in its real form, with the next step', () => {
  expect(() => requireTrusted(new URL('https://api.powerаpps.com:8443/x?y=z'), [], true)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/^api\.xn--\S+:8443 isn't a Power Platform host/u),
      hint: expect.stringMatching(/PACONN_TRUSTED_HOSTS=api\.xn--\S+:8443\.$/u),
    }),
  );
});

describe('a token for one host', () => {
  test.each([
    ['https://api.powerapps.com', 'https://europe.api.powerapps.com', true],
    ['https://api.powerapps.com', 'https://api.flow.microsoft.com', true],
    ['https://gov.api.powerapps.us', 'https://gov.api.flow.microsoft.us', true],
    ['https://high.api.powerapps.us', 'https://high.api.flow.microsoft.us', true],
    ['https://api.apps.appsplatform.us', 'https://api.flow.appsplatform.us', true],
    ['https://api.powerapps.cn', 'https://api.powerautomate.cn', true],
    ['https://localhost:8443', 'https://flow.example', true],
    ['https://api.powerapps.com', 'https://flow.example', true],
    ['https://localhost:8443', 'https://api.flow.microsoft.com', false],
    ['https://service.example', 'https://api.flow.microsoft.com', false],
    ['https://gov.api.powerapps.us', 'https://api.flow.microsoft.com', false],
    ['https://gov.api.powerapps.us', 'https://high.api.flow.microsoft.us', false],
    ['https://high.api.powerapps.us', 'https://gov.api.flow.microsoft.us', false],
    ['https://high.api.powerapps.us', 'https://api.flow.appsplatform.us', false],
    ['https://api.powerapps.cn', 'https://api.powerapps.com', false],
  ])('%s goes to %s: %j', (from, to, expected) => {
    expect(isSameCloud(new URL(to), new URL(from))).toBe(expected);
  });
});

describe('an access token for Dataverse', () => {
  const goes = (url: string, powerAppsUrl: string, trustedHosts: readonly string[] = []): boolean => {
    try {
      requireDataverse(new URL(url), new URL(powerAppsUrl), trustedHosts);
      return true;
    } catch (error) {
      if (error instanceof UsageError) return false;
      throw error;
    }
  };

  test.each([
    ['https://org.crm.dynamics.com/', 'https://api.powerapps.com'],
    ['https://org.api.crm4.dynamics.com', 'https://europe.api.powerapps.com'],
    ['https://org.crm9.dynamics.com', 'https://gov.api.powerapps.us'],
    ['https://org.crm.microsoftdynamics.us', 'https://high.api.powerapps.us'],
    ['https://org.crm.appsplatform.us', 'https://api.apps.appsplatform.us'],
    ['https://org.crm.dynamics.cn', 'https://api.powerapps.cn'],
    ['https://localhost:8443', 'https://localhost:8080'],
    ['https://power.contoso.example:8443', 'https://power.contoso.example'],
  ])('goes to %s where the service is %s', (url, powerAppsUrl) => {
    expect(goes(url, powerAppsUrl)).toBe(true);
  });

  test.each([
    ['http://org.crm.dynamics.com', 'https://api.powerapps.com'],
    ['https://crm.dynamics.com', 'https://api.powerapps.com'],
    ['https://evil.example', 'https://api.powerapps.com'],
    ['https://org.crm.dynamics.com.evil.example', 'https://api.powerapps.com'],
    ['https://org.evilcrm.dynamics.com', 'https://api.powerapps.com'],
    ['https://org.crmx.dynamics.com', 'https://api.powerapps.com'],
    ['https://org.marketing.dynamics.com', 'https://api.powerapps.com'],
    ['https://org.crm.dynamics.cn', 'https://api.powerapps.com'],
    ['https://org.crm.dynamics.com', 'https://api.powerapps.cn'],
    ['https://org.crm.dynamics.com', 'https://high.api.powerapps.us'],
    ['https://localhost', 'https://api.powerapps.com'],
    ['https://org.crm.dynamics.com', 'https://power.contoso.example'],
    ['https://evil.example', 'https://localhost'],
  ])('does not go to %s where the service is %s', (url, powerAppsUrl) => {
    expect(goes(url, powerAppsUrl)).toBe(false);
  });

  test('goes to a host that the user trusts', () => {
    expect(goes('https://crm.contoso.example', 'https://api.powerapps.com', ['crm.contoso.example'])).toBe(true);
    expect(goes('http://crm.contoso.example', 'https://api.powerapps.com', ['crm.contoso.example'])).toBe(false);
  });
});
