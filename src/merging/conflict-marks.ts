/** Lines as git writes them around what both sides have changed: nothing that reads JSON takes them for a part of it. */
export const conflictMarks = { ours: '<<<<<<< local', between: '=======', theirs: '>>>>>>> environment' } as const;
