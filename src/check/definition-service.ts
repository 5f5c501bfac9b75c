import type { Remote } from '../api/remote.ts';
import { invalidToken, signInHint } from '../auth/not-signed-in.ts';
import {
  findingsInRefusal,
  serviceFindingsText,
  parseFindings,
  type ServiceFindings,
} from '../connector/service-findings.ts';
import type { Context } from '../context.ts';
import { ApiError, NetworkError, NotSignedInError } from '../errors.ts';
import type { Settings } from '../settings/settings.ts';
import type { NamedFile } from '../validation/engine/connector-source.ts';
import type { Finding } from '../validation/engine/finding.ts';
import { foreignDocument } from '../validation/engine/foreign-document.ts';
import { JsonFile } from '../validation/engine/json-file.ts';
import { isObject } from '../json/value.ts';
import { mergeFindings, placeFindings } from '../validation/engine/service-findings.ts';

export interface DefinitionServiceOptions {
  /** The settings of the connector in a folder, or those of the run. Raises `FileError` and `UsageError`. */
  readonly settingsOf: SettingsOf;
  /** Whether the service also checks by its certification rules. */
  readonly certification: boolean;
  /** Whether it is a failure when nobody is signed in; else that the service was not asked is a note. */
  readonly isDemanded: boolean;
}

export type SettingsOf = (folder: string | undefined) => Promise<Settings>;

/** Has the services of the clouds check API definitions, each those of its own. */
export class DefinitionService {
  readonly #settingsOf: SettingsOf;
  readonly #certification: boolean;
  readonly #isDemanded: boolean;
  readonly #context: Context;
  readonly #said = new Set<string>();
  /** Those with the same sign-in share it. */
  #shared: Context | undefined;
  #failure: unknown;
  #notAsked: string | undefined;
  #isReachable = true;

  constructor({ settingsOf, certification, isDemanded }: DefinitionServiceOptions, context: Context) {
    this.#settingsOf = settingsOf;
    this.#certification = certification;
    this.#isDemanded = isDemanded;
    this.#context = context;
    context.expectSignIn();
  }

  /** Why the service could not be asked. What was found without it is to be shown before this is told. */
  get failure(): unknown {
    return this.#failure;
  }

  /** That the service was not asked, why, and how it can be; undefined when it was, or had to be. */
  get notAsked(): string | undefined {
    return this.#notAsked;
  }

  /** The texts of the service that say nothing bad, such as that the certification succeeded, each once. */
  get said(): readonly string[] {
    return [...this.#said];
  }

  /** The findings with those of the service, which is not asked about what is no JSON object. Raises nothing. */
  async addFindings(
    definition: NamedFile | undefined,
    own: readonly Finding[],
    folder: string | undefined,
  ): Promise<readonly Finding[]> {
    if (!definition?.bytes || this.#failure !== undefined || !this.#isReachable) return own;
    const file = new JsonFile(definition.name, definition.bytes);
    const isSound =
      file.json === file.text &&
      !file.encodingFault &&
      isObject(file.root?.value) &&
      !foreignDocument(file, 'definition');
    if (!isSound) return own;
    try {
      const answer = await this.#ask(file.text, await this.#settingsOf(folder));
      for (const line of answer.said.split('\n')) if (line.trim() !== '') this.#said.add(line);
      return mergeFindings(own, placeFindings(answer, file), file, answer.findings);
    } catch (error) {
      // Reported by whoever asked, after the findings.
      if (error instanceof NetworkError && !this.#isDemanded) {
        // The others would wait as long for nothing.
        this.#isReachable = false;
        this.#notAsked ??= notReachedWords(error);
      } else if (!(error instanceof NotSignedInError)) this.#failure ??= error;
      else if (this.#isDemanded) this.#failure ??= offlineIsEnough(error);
      else this.#notAsked ??= notAskedWords(error);
      return own;
    }
  }

  async #ask(text: string, settings: Settings): Promise<ServiceFindings> {
    const remote = await this.#connect(settings);
    try {
      const answer = await remote.validateApiDefinition({ text }, { certification: this.#certification });
      return parseFindings(serviceFindingsText(answer));
    } catch (error) {
      const refusal = error instanceof ApiError ? findingsInRefusal(error.code, error.serviceMessage ?? '') : undefined;
      if (!refusal) throw error;
      return refusal;
    }
  }

  /** Loaded when a service is asked: a check of files alone needs neither sign-in nor network. */
  async #connect(settings: Settings): Promise<Remote> {
    const [{ connect }, { shareNetwork }] = await Promise.all([
      import('../remote/connect.ts'),
      import('../remote/share-network.ts'),
    ]);
    return await connect(settings, (this.#shared ??= shareNetwork(this.#context)));
  }
}

/** In one line: what the network says beyond that is for `--online`, where it's the error. */
function notReachedWords({ message }: NetworkError): string {
  const [reason = ''] = message.split(/\r?\n/u);
  return `Note: Not checked by the service because it can't be reached: ${reason} Pass --online to require the check.`;
}

/** With what the error says beyond that, and its command on a line of its own. Who never signed in knows how. */
function notAskedWords({ message, detail, hint = '' }: NotSignedInError): string {
  const reason = message === invalidToken ? detail : message;
  const advice = hint.replace(signInHint, '').trim();
  return ["Note: Not checked by the service because you aren't signed in.", reason, advice].filter(Boolean).join(' ');
}

function offlineIsEnough(error: NotSignedInError): NotSignedInError {
  const hint = [error.hint, 'To check only the local files, pass --offline.'].filter(Boolean).join('\n');
  const { message, detail, answer } = error;
  return new NotSignedInError(message, { hint, detail, answer, cause: error });
}
