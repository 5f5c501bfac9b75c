/** The publisher type of a certified connector: the owner of the API, or someone else. Their requirements differ. */
export const publisherKinds = ['verified', 'independent'] as const;

export type PublisherKind = (typeof publisherKinds)[number];

/** The color of all connectors of independent publishers, which share an icon. */
export const independentColor = '#da3b01';
