import { jsonAnswer, type CloudAnswer } from './exchange.ts';

/** What certification has to say about a definition. */
export interface ValidationFinding {
  readonly level: 'Error' | 'Warning';
  /** Such as `paths/~1pets/get`. */
  readonly place: string;
  readonly message: string;
}

/** The forms in which the service has been seen to answer a certification. */
export const validationForms = {
  /** A sentence; findings in sections, each with its place. */
  sections: (findings) => {
    const section = (level: ValidationFinding['level']): readonly string[] => {
      const lines = findings
        .filter((finding) => finding.level === level)
        .map(({ message, place }) => `  ${message} ValuePath: /${place}`);
      return lines.length === 0 ? [] : ['', `${level}s:`, ...lines];
    };
    return answer([verdictOn(findings), ...section('Error'), ...section('Warning')]);
  },
  /** As the log of a pipeline. */
  log: (findings) =>
    answer([
      verdictOn(findings),
      ...findings.map(({ level, message, place }) => `##[${level.toLowerCase()}]${message} ValuePath: /${place}`),
    ]),
  /** Nothing for a good definition; else a finding a line, as older services. */
  lines: (findings) => answer(findings.map(lineOf)),
  /** Older still: a refusal, its first finding behind the sentence. */
  refusal: (findings) => {
    if (findings.every(({ level }) => level !== 'Error')) return answer(findings.map(lineOf));
    const first = `${verdictOn(findings)} Please validate again after fixing following errors:`;
    const message = `${first} ${findings.map(lineOf).join('\r\n')}`;
    return jsonAnswer(400, { error: { code: 'SwaggerCertificationFailedWithErrors', message } });
  },
} satisfies Readonly<Record<string, (findings: readonly ValidationFinding[]) => CloudAnswer>>;

export type ValidationForm = keyof typeof validationForms;

function verdictOn(findings: readonly ValidationFinding[]): string {
  if (findings.length === 0) return 'Swagger certification succeeded.';
  const hasErrors = findings.some(({ level }) => level === 'Error');
  return `Swagger certification ${hasErrors ? 'failed with errors' : 'succeeded with warnings'}.`;
}

function lineOf({ level, place, message }: ValidationFinding): string {
  return `${level} : ${place} : ${message}`;
}

function answer(lines: readonly string[]): CloudAnswer {
  return jsonAnswer(200, lines.join('\r\n'));
}
