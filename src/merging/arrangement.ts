import type { JsonArrayNode, JsonMember, JsonNode, JsonObjectNode } from '../json/tree.ts';
import type { JsonStyle } from './json-style.ts';

export type Element = JsonMember | JsonNode;

/** The stretch of an element and the white space around it. */
export interface Placed {
  readonly isFirst: boolean;
  /** Between what is before it and the element. */
  readonly lead: string;
  /** Between the element and the comma after it. */
  readonly trail: string;
}

/** How the elements of an object or array stand. */
export interface Arrangement {
  readonly placed: ReadonlyMap<Element, Placed>;
  /** Before an element that is the first. */
  readonly firstLead: string;
  readonly furtherLead: string;
  /** Before the closing bracket. */
  readonly tail: string;
}

/** How the elements of a container of a text stand, and how another one would. */
export function arrangementOf(
  container: JsonObjectNode | JsonArrayNode,
  text: string,
  { lineEnd, unit, isOnOneLine, colon, indentationAt }: JsonStyle,
): Arrangement {
  const elements = elementsOf(container);
  const placed = new Map<Element, Placed>();
  let from = container.start + 1;
  for (const [index, element] of elements.entries()) {
    const isLast = index === elements.length - 1;
    const after = isLast ? element.end : text.indexOf(',', element.end);
    const lead = text.slice(from, element.start);
    placed.set(element, { isFirst: index === 0, lead, trail: text.slice(element.end, after) });
    from = after + 1;
  }
  const [first, second] = placed.values();
  const last = elements.at(-1);
  const space = colon.endsWith(' ') ? ' ' : '';
  if (!first || !last) {
    const outside = indentationAt(container.start);
    const lead = isOnOneLine ? '' : `${lineEnd}${outside}${unit}`;
    const tail = isOnOneLine ? '' : `${lineEnd}${outside}`;
    return { placed, firstLead: lead, furtherLead: isOnOneLine ? space : lead, tail };
  }
  const isBroken = indentationIn(first.lead) !== undefined;
  return {
    placed,
    firstLead: first.lead,
    furtherLead: second?.lead ?? (isBroken ? first.lead : space),
    tail: text.slice(last.end, container.end - 1),
  };
}

/** All of them, those with a name that comes again, too. */
function elementsOf(container: JsonObjectNode | JsonArrayNode): readonly Element[] {
  return container.type === 'object' ? container.members : container.items;
}

/** What a line begins with after this white space; undefined when no line begins in it. */
export function indentationIn(space: string): string | undefined {
  return /[\r\n](?<indentation>[^\r\n]*)$/u.exec(space)?.groups?.['indentation'];
}
