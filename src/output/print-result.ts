import { resolve } from 'node:path';
import { writeNamedFile } from '../io/fs/files.ts';
import { plainText, type Text } from '../io/terminal/styled-text.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { colouredJson, colouredYaml } from './coloured.ts';
import { asciiControls, printedJson } from './ascii-controls.ts';
import { isJsonObject, type PlainJson, plainJson } from './plain-json.ts';
import { propertiesTable } from './properties-table.ts';
import { widthOf } from '../io/terminal/width.ts';
import { readQuery } from './query.ts';
import type { Result, Table } from './result.ts';
import { tableOf } from './table.ts';
import { tableText } from './table-text.ts';
import { tsvLine, tsvOf } from './tsv.ts';
import { inVersion1 } from './version-1.ts';
import { yamlOf } from './yaml.ts';

/** How a result is printed. */
export interface Printing {
  /** As `--output` names it. */
  readonly format: string;
  /** A JMESPath query over the data. */
  readonly query: string | undefined;
  /** Where it goes in place of stdout. */
  readonly file?: string | undefined;
  /** Which shape the data is to have: the current one, or the one before it. */
  readonly version: 1 | 2;
  /** The command whose result it is. */
  readonly command: string;
  readonly workingDirectory: string;
}

/**
 * Makes what prints a result. Raises `UsageError` for a query that is none: before there is a result, so that nothing has
 * been done yet. What it makes raises `PaconnError` for a query that does not fit the data.
 */
export function resultPrinter(printing: Printing, terminal: Terminal): (result: Result) => Promise<void> {
  const { format, query, file, workingDirectory } = printing;
  const ask = query === undefined ? undefined : readQuery(query);
  return async (result) => {
    const data = versioned(plainJson(result.data), printing);
    const shown = ask ? { data: ask(data) } : { data, table: result.table, isWhole: true };
    const text = formatted(
      shown,
      format,
      file === undefined ? terminal : { ...terminal, hasLineEnd: false, pipesAscii: false },
    );
    if (file !== undefined) {
      const plain = plainText(text);
      await writeNamedFile({ path: resolve(workingDirectory, file), content: plain === '' ? '' : `${plain}\n` });
      return;
    }
    // A list without rows has no lines.
    if (text.length > 0) terminal.print(text);
  };
}

function versioned(data: PlainJson, { version, command, workingDirectory }: Printing): PlainJson {
  if (!isJsonObject(data)) return data;
  const former = version === 1 ? inVersion1(command, data, { workingDirectory }) : undefined;
  return former ? { version: 1, ...former } : { version: 2, ...data };
}

interface Shown {
  readonly data: PlainJson;
  readonly table?: Table | undefined;
  /** Whether it is all that a command gives, not what a query took out of it. */
  readonly isWhole?: boolean;
}

function formatted({ data, table, isWhole }: Shown, format: string, terminal: Terminal): Text {
  const { completed = (words) => words } = terminal.verbosity;
  switch (format) {
    case 'table': {
      const shown = table ?? (isWhole && isJsonObject(data) ? propertiesTable(withoutVersion(data)) : tableOf(data));
      const width = terminal.hasLineEnd ? terminal.columns : Infinity;
      if (shown.rows.length === 0) return '';
      const footer = terminal.hasLineEnd ? footerLines((shown.footer ?? []).map(completed), width) : [];
      return [
        ...tableText(shown, width),
        ...footer.map((line, index) => ({ text: index === 0 ? `\n\n${line}` : `\n${line}` })),
      ];
    }
    case 'tsv':
      return table ? table.rows.map(tsvLine).join('\n') : tsvOf(isJsonObject(data) ? withoutVersion(data) : data);
    case 'yaml':
      return yamlOf(data);
    case 'yamlc':
      return colouredYaml(yamlOf(data));
    case 'jsonc':
      return colouredJson(printedJson(indentedJson(data), terminal));
    default:
      return printedJson(indentedJson(data), terminal);
  }
}

/** One line where it fits, else those that do. */
function footerLines(sentences: readonly string[], width: number): readonly string[] {
  const line = sentences.join(' ');
  return widthOf(line) <= width ? [line] : sentences.filter((sentence) => widthOf(sentence) <= width);
}

function indentedJson(data: PlainJson): string {
  return asciiControls(JSON.stringify(data, undefined, 2));
}

/** In a table the version of the shape would be a column like any other. */
function withoutVersion(data: { readonly [name: string]: PlainJson }): { readonly [name: string]: PlainJson } {
  const { version: _version, ...members } = data;
  return members;
}
