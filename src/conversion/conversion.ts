import type { InformationOptions } from './information.ts';
import type { LossEntry } from './ledger.ts';
import type { OutObject } from './output-tree.ts';
import type { SecurityOptions } from './security.ts';
import type { Selection } from './selection.ts';
import type { ServerOptions } from './servers.ts';
import type { DescriptionFile } from './source.ts';

export type SourceKindName = 'openapi-3.0' | 'openapi-3.1' | 'openapi-2.0' | 'postman-2.0' | 'postman-2.1';

/** What the user wants of a conversion. */
export interface ConversionOptions
  extends ServerOptions, InformationOptions, Omit<SecurityOptions, 'baseUrl'>, Selection {
  /**
   * Whether a document of OpenAPI 2.0 changes only where it isn't valid: whoever wants that adds what is missing, and takes care of
   * the sign-in.
   */
  readonly repairsOnly?: boolean;
}

/** What a document has become, before the limits of the platform. */
export interface ConvertedDocument {
  readonly root: OutObject;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly entries: readonly LossEntry[];
  /** All files that were read, in that order. */
  readonly files: readonly DescriptionFile[];
  /** How many operations the source has. */
  readonly sourceOperations: number;
  /** What there is to say beside the report. */
  readonly notes: readonly string[];
}
