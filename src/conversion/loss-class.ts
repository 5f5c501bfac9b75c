/** What becomes of a part of the source. */
export const lossClasses = ['refused', 'invalid', 'dropped', 'narrowed', 'kept', 'made'] as const;

export type LossClass = (typeof lossClasses)[number];

/** By class the message; `{name}` stands for a value. */
export type ConversionRule = Readonly<Partial<Record<LossClass, string>>>;
