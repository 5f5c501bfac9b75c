interface NamedResource {
  /** The ID. */
  readonly name: string;
  readonly properties?: { readonly displayName?: string | null | undefined } | null | undefined;
}

/** The names of environments and connectors for messages, as far as responses had them. */
export class ResourceNames {
  readonly #names = new Map<string, string>();

  /** Remembers the names in a response, and returns it. */
  learnFrom<Resource extends NamedResource>(resources: Resource[]): Resource[] {
    for (const { name, properties } of resources) {
      const words = properties?.displayName?.replaceAll(/\s+/gu, ' ').trim();
      if (words) this.#names.set(name, words);
    }
    return resources;
  }

  /** The name in the middle of a sentence, else its ID. */
  of(kind: 'connector' | 'environment', id: string): string {
    return this.#names.get(id) ?? `the ${kind} ${id}`;
  }
}
