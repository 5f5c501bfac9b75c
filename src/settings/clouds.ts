/** Where a cloud of Power Platform is reached, and what tokens for it are for. */
export interface Cloud {
  readonly authorityUrl: string;
  readonly powerAppsUrl: string;
  readonly flowUrl: string;
  readonly resource: string;
}

/**
 * The clouds by their names. The public one is that of the Python tool; GCC is confirmed by users who work there; GCC
 * High, DoD and China have one source each (the endpoints and audiences in Microsoft.PowerApps.AuthModule.psm1 of
 * Microsoft's PowerShell module for administrators), so any value can be given in place of theirs.
 */
export const clouds = {
  public: {
    authorityUrl: 'https://login.microsoftonline.com/',
    powerAppsUrl: 'https://api.powerapps.com',
    flowUrl: 'https://api.flow.microsoft.com',
    resource: 'https://service.powerapps.com/',
  },
  gcc: {
    authorityUrl: 'https://login.microsoftonline.com/',
    powerAppsUrl: 'https://gov.api.powerapps.us',
    flowUrl: 'https://gov.api.flow.microsoft.us',
    resource: 'https://gov.service.powerapps.us/',
  },
  gcch: {
    authorityUrl: 'https://login.microsoftonline.us/',
    powerAppsUrl: 'https://high.api.powerapps.us',
    flowUrl: 'https://high.api.flow.microsoft.us',
    resource: 'https://high.service.powerapps.us/',
  },
  dod: {
    authorityUrl: 'https://login.microsoftonline.us/',
    powerAppsUrl: 'https://api.apps.appsplatform.us',
    flowUrl: 'https://api.flow.appsplatform.us',
    resource: 'https://service.apps.appsplatform.us/',
  },
  china: {
    authorityUrl: 'https://login.chinacloudapi.cn/',
    powerAppsUrl: 'https://api.powerapps.cn',
    flowUrl: 'https://api.powerautomate.cn',
    resource: 'https://service.powerapps.cn/',
  },
} as const satisfies Record<string, Cloud>;

export const cloudNames = ['public', 'gcc', 'gcch', 'dod', 'china'] as const satisfies readonly (keyof typeof clouds)[];

export type CloudName = (typeof cloudNames)[number];

/** The cloud that a Power Apps URL leads to: by its host, or a region of it; undefined for a host of nobody we know. */
export function cloudOfUrl(url: string): CloudName | undefined {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return cloudNames.find((name) => {
    const known = new URL(clouds[name].powerAppsUrl).hostname;
    return host === known || host.endsWith(`.${known}`);
  });
}

/** The cloud whose tokens are for this resource; undefined for another resource. */
export function cloudOfResource(resource: string): CloudName | undefined {
  return cloudNames.find((name) => withoutEnd(clouds[name].resource) === withoutEnd(resource));
}

/** A resource without what people and libraries write at its end. */
function withoutEnd(resource: string): string {
  return resource.toLowerCase().replace(/(?<!\/)\/*(?:\.default)?$/u, '');
}
