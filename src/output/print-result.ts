import type { Text } from '../io/terminal/styled-text.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { colouredJson, colouredYaml } from './coloured.ts';
import { asciiControls, printedJson } from './ascii-controls.ts';
import { isJsonObject, type PlainJson, plainJson } from './plain-json.ts';
import { readQuery } from './query.ts';
import type { Result, Table } from './result.ts';
import { tableOf } from './table.ts';
import { tableText } from './table-text.ts';
import { tsvLine, tsvOf } from './tsv.ts';
import { yamlOf } from './yaml.ts';

/** How a result is printed. */
export interface Printing {
  /** As `--output` names it. */
  readonly format: string;
  /** A JMESPath query over the data. */
  readonly query: string | undefined;
}

/**
 * Makes what prints a result. Raises `UsageError` for a query that is none: before there is a result, so that nothing has
 * been done yet. What it makes raises `PaconnError` for a query that does not fit the data.
 */
export function resultPrinter({ format, query }: Printing, terminal: Terminal): (result: Result) => void {
  const ask = query === undefined ? undefined : readQuery(query);
  return (result) => {
    const data = plainJson(result.data);
    const shown = ask ? { data: ask(data) } : { data, table: result.table };
    const text = formatted(shown, format, terminal);
    // A list without rows has no lines.
    if (text.length > 0) terminal.print(text);
  };
}

interface Shown {
  readonly data: PlainJson;
  readonly table?: Table | undefined;
}

function formatted({ data, table }: Shown, format: string, terminal: Terminal): Text {
  switch (format) {
    case 'table': {
      const shown = table ?? tableOf(withoutVersion(data));
      const width = terminal.hasLineEnd ? terminal.columns : Infinity;
      return shown.rows.length > 0 ? tableText(shown, width) : '';
    }
    case 'tsv':
      return table ? table.rows.map(tsvLine).join('\n') : tsvOf(withoutVersion(data));
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

function indentedJson(data: PlainJson): string {
  return asciiControls(JSON.stringify(data, undefined, 2));
}

/** In a table the version of the shape would be a column like any other. */
function withoutVersion(data: PlainJson): PlainJson {
  if (!isJsonObject(data)) return data;
  const { version: _version, ...members } = data;
  return members;
}
