/** A longer condition nobody writes; its brackets would only cost stack. */
const longestCondition = 500;

const word = /true|false|[\p{L}_][\p{L}\p{N}_]*|&&|\|\||==|!=|[!()]/gu;

/** Whether the condition of an `#if` holds when these symbols are defined. What is no condition does not hold. */
export function holds(condition: string, symbols: ReadonlySet<string>): boolean {
  const words =
    condition
      .slice(0, longestCondition)
      .replace(/\/\/.*$/u, '')
      .match(word) ?? [];
  let next = 0;

  const primary = (): boolean => {
    const token = words[next];
    next += 1;
    if (token === '!') return !primary();
    if (token === '(') {
      const value = either();
      next += 1;
      return value;
    }
    return token === 'true' || (token !== 'false' && token !== undefined && symbols.has(token));
  };
  const equality = (): boolean => {
    let value = primary();
    while (words[next] === '==' || words[next] === '!=') {
      const isEqual = words[next] === '==';
      next += 1;
      value = (value === primary()) === isEqual;
    }
    return value;
  };
  const both = (): boolean => {
    let value = equality();
    while (words[next] === '&&') {
      next += 1;
      value = equality() && value;
    }
    return value;
  };
  const either = (): boolean => {
    let value = both();
    while (words[next] === '||') {
      next += 1;
      value = both() || value;
    }
    return value;
  };
  return either();
}
