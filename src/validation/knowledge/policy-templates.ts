interface PolicyTemplate {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** Before the name of each parameter of a template. */
export const parameterPrefix = 'x-ms-apimTemplateParameter.';

/** What all templates take. */
export const operationsParameter = 'x-ms-apimTemplate-operationName';
export const sectionParameter = 'x-ms-apimTemplate-policySection';

/** The policy templates of the platform with their parameters. */
export const policyTemplates = {
  setheader: { required: ['name', 'value'], optional: ['existsAction'] },
  setqueryparameter: { required: ['name', 'value'], optional: ['existsAction'] },
  dynamichosturl: { required: ['urlTemplate'], optional: [] },
  routerequesttoendpoint: { required: ['newPath'], optional: ['httpMethod'] },
  pollingtrigger: { required: ['triggerConfig', 'triggerDataPath'], optional: [] },
  setproperty: {
    required: ['newPropertyParentPathTemplate', 'newPropertySubPathTemplate', 'propertyValuePathTemplate'],
    optional: [],
  },
  convertarraytoobject: {
    required: ['propertyParentPath', 'keyWithinCollectionPath', 'newPropertyPath'],
    optional: ['propertySubPath', 'retainKey', 'valueWithinCollectionPath'],
  },
  convertobjecttoarray: {
    required: ['propertyParentPath', 'newPropertyPath'],
    optional: ['propertySubPath', 'keyName', 'valueName'],
  },
  encodepropertyvalue: { required: ['propertyParentPath', 'newPropertyPath'], optional: ['propertySubPath'] },
  setvaluefromurl: {
    required: ['parameterTemplate', 'parameterValueUrl', 'parameterValuePathTemplate'],
    optional: ['httpMethod'],
  },
  stringreplace: {
    required: ['propertyParentPath', 'sourceString', 'replacementString', 'newPropertyPath'],
    optional: ['propertySubPath'],
  },
  stringtoarray: {
    required: ['propertyParentPath', 'delimiterList', 'childPropertyName', 'newPropertyPath'],
    optional: ['propertySubPath'],
  },
  updatenextlink: { required: ['nextLinkPropertyName'], optional: ['nextLinkParentPropertyPath'] },
  setconnectionstatustounauthenticated: { required: [], optional: ['statusCode'] },
} as const satisfies Readonly<Record<string, PolicyTemplate>>;

const templates: ReadonlyMap<string, PolicyTemplate> = new Map(Object.entries(policyTemplates));

/** The template of an ID, in whatever case it is written. */
export function policyTemplate(id: string | undefined): PolicyTemplate | undefined {
  return templates.get(id?.toLowerCase() ?? '');
}

/** The full names of the parameters a template takes, as the names of an object. */
export function parameterNames({ required, optional }: PolicyTemplate): Readonly<Record<string, true>> {
  const own = [...required, ...optional].map((name) => parameterPrefix + name);
  return Object.fromEntries([...own, operationsParameter, sectionParameter].map((name) => [name, true]));
}
