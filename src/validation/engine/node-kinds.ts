import type { ConnectorPackage } from '../../solution/connector-package.ts';
import type { Solution } from '../../solution/solution.ts';
import type { ScriptFile } from '../csharp/script-file.ts';
import type { ParsedConnector } from './parsed-connector.ts';
import type { IconFile } from './connector-source.ts';
import type { JsonFile } from './json-file.ts';
import type { PublishedChange } from './published-changes.ts';
import type {
  ConnectionParameterNode,
  ObjectNode,
  OperationNode,
  ParameterNode,
  PathItemNode,
  ReferenceNode,
  ResponseNode,
  SchemaNode,
  UsedSchema,
} from './nodes.ts';

/** What rules can subscribe to, and what they get. Each object of a document is visited once, where it is written. */
export interface Nodes {
  /** Once: for ties between files, and for the folder. */
  readonly connector: ParsedConnector;
  /** Each JSON file that was given, readable or not. */
  readonly jsonFile: JsonFile;
  readonly script: ScriptFile;
  readonly icon: IconFile;

  readonly definition: ObjectNode<'definition'>;
  readonly info: ObjectNode<'info'>;
  readonly contact: ObjectNode<'contact'>;
  readonly license: ObjectNode<'license'>;
  readonly tag: ObjectNode<'tag'>;
  readonly externalDocs: ObjectNode<'externalDocs'>;
  readonly securityDefinition: ObjectNode<'securityDefinition'>;
  /** Of the document and of operations: names of schemes with their scopes. */
  readonly securityRequirement: ObjectNode<'securityRequirement'>;
  readonly pathItem: PathItemNode;
  readonly notificationContent: ObjectNode<'notificationContent'>;
  readonly operation: OperationNode;
  readonly parameter: ParameterNode;
  readonly response: ResponseNode;
  readonly header: ObjectNode<'header'>;
  /** Items of a parameter or header that is no body. Items of schemas are schemas. */
  readonly items: ObjectNode<'items'>;
  readonly schema: SchemaNode;
  /** Instead of the parameter, response or schema: an object with a `$ref`. */
  readonly reference: ReferenceNode;
  /** An object with a `$ref` that is no text, which leads nowhere. */
  readonly brokenReference: ObjectNode<'brokenReference'>;
  /** Each of the objects above, of the definition. */
  readonly object: DefinitionObject;
  /** Schemas as operations use them, references followed: with what only the way there tells. See {@link UsedSchema}. */
  readonly usedSchema: UsedSchema;
  /** On the way to one of them: a reference with members beside it that the platform reads. */
  readonly usedReference: UsedSchema;

  /** The whole file of API properties. */
  readonly propertiesFile: ObjectNode<'propertiesFile'>;
  /** Its `properties`. */
  readonly properties: ObjectNode<'properties'>;
  /** Also those of parameter sets. */
  readonly connectionParameter: ConnectionParameterNode;
  readonly oAuthSettings: ObjectNode<'oAuthSettings'>;
  readonly uiDefinition: ObjectNode<'uiDefinition'>;
  readonly constraints: ObjectNode<'constraints'>;
  readonly parameterSets: ObjectNode<'parameterSets'>;
  readonly parameterSet: ObjectNode<'parameterSet'>;
  readonly policy: ObjectNode<'policy'>;
  /** Each of the objects above, of the API properties. */
  readonly propertiesObject: PropertiesObject;

  readonly settings: ObjectNode<'settings'>;

  readonly solution: Solution;
  readonly package: ConnectorPackage;

  /** Each by which the connector differs from what is published of it. */
  readonly change: PublishedChange;
}

export type NodeKind = keyof Nodes;

export type DefinitionKind =
  | 'definition'
  | 'info'
  | 'contact'
  | 'license'
  | 'tag'
  | 'externalDocs'
  | 'securityDefinition'
  | 'securityRequirement'
  | 'pathItem'
  | 'notificationContent'
  | 'operation'
  | 'parameter'
  | 'response'
  | 'header'
  | 'items'
  | 'schema'
  | 'reference'
  | 'brokenReference';

export type PropertiesKind =
  | 'propertiesFile'
  | 'properties'
  | 'connectionParameter'
  | 'oAuthSettings'
  | 'uiDefinition'
  | 'constraints'
  | 'parameterSets'
  | 'parameterSet'
  | 'policy';

export type DefinitionObject = Nodes[DefinitionKind];
export type PropertiesObject = Nodes[PropertiesKind];
