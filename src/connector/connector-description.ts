import type { ConnectorAuthentication } from './authentication.ts';

/** What there is to tell of an operation. */
export interface OperationDescription {
  readonly id: string | null;
  readonly summary: string | null;
  /** In lower case. */
  readonly method: string;
  readonly path: string;
  /** Whether flows can begin with it. */
  readonly isTrigger: boolean;
}

/** What there is to tell of a connector. */
export interface ConnectorDescription {
  /** Null for one that isn't in an environment, and so is the environment. */
  readonly id: string | null;
  readonly name: string | null;
  readonly environment: string | null;
  readonly description: string | null;
  /** False for a connector of Microsoft's. */
  readonly isCustom: boolean;
  readonly host: string | null;
  readonly serviceUrl: string | null;
  readonly authentication: readonly ConnectorAuthentication[];
  readonly operations: readonly OperationDescription[];
  readonly hasIcon: boolean;
  readonly iconBrandColor: string | null;
  readonly hasScript: boolean;
  /** Those that the script is for; none stands for all. */
  readonly scriptOperations: readonly string[];
  readonly policies: readonly { readonly templateId: string | null; readonly title: string | null }[];
  readonly publisher: string | null;
  readonly stackOwner: string | null;
  readonly createdBy: string | null;
  readonly createdTime: string | null;
  readonly changedBy: string | null;
  readonly changedTime: string | null;
}
