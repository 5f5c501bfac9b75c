/** A policy of API properties. */
export interface PolicyInstance {
  readonly templateId: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Sends requests to a URL; all of them unless operations are named. */
export function hostPolicy(urlTemplate: string, operationIds: readonly string[] = []): PolicyInstance {
  return {
    templateId: 'dynamichosturl',
    title: 'Host',
    parameters: {
      'x-ms-apimTemplateParameter.urlTemplate': urlTemplate,
      ...(operationIds.length > 0 && { 'x-ms-apimTemplate-operationName': operationIds }),
    },
  };
}

/**
 * Sends a value of the connection as a header or a query parameter.
 * @param existsAction What becomes of one that is there already.
 */
export function keyPolicy(
  { place, name }: { readonly place: 'header' | 'query'; readonly name: string },
  value: string,
  existsAction: 'override' | 'skip' = 'override',
): PolicyInstance {
  return {
    templateId: place === 'header' ? 'setheader' : 'setqueryparameter',
    title: name,
    parameters: {
      'x-ms-apimTemplateParameter.name': name,
      'x-ms-apimTemplateParameter.value': value,
      'x-ms-apimTemplateParameter.existsAction': existsAction,
      'x-ms-apimTemplate-policySection': 'Request',
    },
  };
}
