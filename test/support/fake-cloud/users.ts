/** Somebody who can sign in. */
export interface User {
  readonly objectId: string;
  readonly tenantId: string;
  /** Empty for an application. */
  readonly userPrincipalName: string;
  readonly displayName: string;
  /** Of an application: whether an administrator has registered it with Power Platform. */
  readonly isManagementApplication?: boolean;
  /** For a guest, who has another object ID in the tenant they come from. */
  readonly home?: { readonly objectId: string; readonly tenantId: string };
}

export const contosoTenant = '72a1f6c4-9d0e-4f3b-8c57-1f0be3a4d2c8';

export const adele: User = {
  objectId: 'c03fcd17-7e4e-4a4a-bf0f-5f39e2844a83',
  tenantId: contosoTenant,
  userPrincipalName: 'adele@contoso.example',
  displayName: 'Adele Vance',
};

/** The other editor, who changes connectors behind the user's back. */
export const diego: User = {
  objectId: '5d2e8a90-41b7-4b7e-9a36-0c7d0e6f1b52',
  tenantId: contosoTenant,
  userPrincipalName: 'diego@contoso.example',
  displayName: 'Diego Siciliani',
};
