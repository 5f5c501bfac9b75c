import type { ConnectorApi } from '../../api/connector-api.ts';
import {
  findingsInRefusal,
  findingsText,
  hasErrors,
  parseFindings,
  type ServiceFindings,
} from '../../connector/service-findings.ts';
import type { Context } from '../../context.ts';
import { ApiError, NotSignedInError } from '../../errors.ts';
import type { Settings } from '../../settings/settings.ts';
import type { NamedFile } from '../../validation/engine/connector-source.ts';
import type { Finding } from '../../validation/engine/finding.ts';
import { JsonFile } from '../../validation/json-file.ts';
import { isObject } from '../../validation/json-value.ts';
import { mergeFindings, placeFindings } from '../../validation/engine/service-findings.ts';

/** Has the service check API definitions. */
export class DefinitionService {
  readonly #settings: Settings;
  readonly #context: Context;
  #connecting: Promise<ConnectorApi> | undefined;
  #failure: unknown;

  constructor(settings: Settings, context: Context) {
    this.#settings = settings;
    this.#context = context;
  }

  /** Why the service could not be asked. What was found without it is to be shown before this is told. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The findings with those of the service, which is not asked about what is no JSON object. Raises nothing. */
  async addFindings(definition: NamedFile | undefined, own: readonly Finding[]): Promise<readonly Finding[]> {
    if (!definition?.bytes || this.#failure !== undefined) return own;
    const file = new JsonFile(definition.name, definition.bytes);
    const isSound = file.json === file.text && !file.encodingFault && isObject(file.root?.value);
    if (!isSound) return own;
    try {
      const { answer, isError } = await this.#ask(file.text);
      return mergeFindings(own, placeFindings(answer, file, isError), file, answer.findings);
    } catch (error) {
      // Told by whoever asked, after the findings.
      this.#failure ??= error instanceof NotSignedInError ? offlineIsEnough(error) : error;
      return own;
    }
  }

  async #ask(text: string): Promise<{ readonly answer: ServiceFindings; readonly isError: boolean }> {
    const api = await (this.#connecting ??= this.#connect());
    try {
      const answer = findingsText(await api.validateApiDefinition({ text }, { certification: true }));
      return { answer: parseFindings(answer), isError: answer !== '' && hasErrors(answer) };
    } catch (error) {
      const findings = error instanceof ApiError ? findingsInRefusal(error.serviceMessage ?? '') : [];
      if (findings.length === 0) throw error;
      return { answer: { findings, rest: '' }, isError: true };
    }
  }

  /** Loaded when the service is asked: a check of files alone needs neither sign-in nor network. */
  async #connect(): Promise<ConnectorApi> {
    const [{ connect }, { openNetwork }] = await Promise.all([
      import('../sign-in/connect.ts'),
      import('../sign-in/network.ts'),
    ]);
    return await connect(this.#settings, this.#context, openNetwork(this.#context));
  }
}

function offlineIsEnough(error: NotSignedInError): NotSignedInError {
  const hint = [error.hint, 'For a check of the files alone, --offline is enough.'].filter(Boolean).join('\n');
  return new NotSignedInError(error.message, { hint, detail: error.detail, cause: error });
}
