/** An XML file of a solution. */
export interface XmlFile {
  readonly name: string;
  /** Without byte order mark. */
  readonly text: string;
  readonly size: number;
}

/** An element, with its place in the text of its file. */
export interface XmlElement {
  readonly file: XmlFile;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its text, without space around it; none where there are elements in it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Why a file is no XML, and where. */
export interface XmlFault {
  readonly file: XmlFile;
  readonly offset: number;
}

/** A sentence for people. */
export function xmlFaultWords({ file: { name, text }, offset }: XmlFault): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/u);
  return `${name}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1} isn't well-formed XML.`;
}

export interface XmlReading {
  readonly file: XmlFile;
  readonly root: XmlElement | undefined;
  readonly fault: XmlFault | undefined;
}

/** The child with this name in any case of letters: the XML files of the unpacked form begin names with capitals. */
export function childOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name.toLowerCase() === name.toLowerCase());
}

/** The text of a child; undefined where there is none, or nothing in it. */
export function textOf(parent: XmlElement | undefined, name: string): string | undefined {
  return childOf(parent, name)?.text || undefined;
}
