/** The text of API properties with OAuth2 settings, in the parameters themselves and in each named set. */
export function oAuthProperties({
  sets = [],
  own = sets.length === 0,
}: { sets?: readonly string[]; own?: boolean } = {}): string {
  const token = { type: 'oauthSetting', oAuthSettings: { identityProvider: 'oauth2', clientId: 'client', scopes: [] } };
  const properties = {
    ...(own && { connectionParameters: { token } }),
    ...(sets.length > 0 && {
      connectionParameterSets: { values: sets.map((name) => ({ name, parameters: { token } })) },
    }),
  };
  return JSON.stringify({ properties }, undefined, 2);
}
