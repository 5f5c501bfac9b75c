import type { ReportEntry } from '../conversion/report.ts';
import type { LossClass } from '../conversion/loss-class.ts';
import { githubAnnotation } from './github.ts';

const levels: Readonly<Record<LossClass, 'error' | 'warning' | 'info'>> = {
  refused: 'error',
  invalid: 'error',
  dropped: 'warning',
  narrowed: 'warning',
  kept: 'info',
  made: 'info',
};

/** The entries of a conversion as annotations of a GitHub workflow run. */
export function conversionGithub(entries: readonly ReportEntry[], { info }: { readonly info: boolean }): string {
  return entries
    .filter((entry) => info || levels[entry.class] !== 'info')
    .map((entry) => githubAnnotation({ ...entry, level: levels[entry.class], title: entry.rule }))
    .join('\n');
}
