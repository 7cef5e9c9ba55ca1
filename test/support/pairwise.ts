/** The values that each factor of a test can have, by the factor's name. */
export type Factors<Row extends object> = { readonly [Name in keyof Row]: readonly Row[Name][] };

/**
 * Rows in which each value of a factor meets each value of every other factor at least once. They are chosen greedily:
 * each row begins with a pair of values that have not met yet, and then takes the values that add the most new pairs.
 */
export function pairwise<Row extends object>(factors: Factors<Row>): Row[] {
  const names = Object.keys(factors) as (keyof Row)[];
  const met = new Set<string>();
  const rows: Row[] = [];
  for (const [at, first] of names.entries()) {
    for (const second of names.slice(at + 1)) {
      for (const one of factors[first]) {
        for (const other of factors[second]) {
          const start = { [first]: one, [second]: other } as Partial<Row>;
          if (met.has(pairOf(start, first, second))) continue;
          const row = complete(start, factors, met);
          for (const pair of pairsOf(row, names)) met.add(pair);
          rows.push(row);
        }
      }
    }
  }
  return rows;
}

/** All combinations of the factors' values. */
export function product<Row extends object>(factors: Factors<Row>): Row[] {
  let rows: Partial<Row>[] = [{}];
  for (const name of Object.keys(factors) as (keyof Row)[])
    rows = rows.flatMap((row) => factors[name].map((value) => ({ ...row, [name]: value })));
  return rows as Row[];
}

function complete<Row extends object>(start: Partial<Row>, factors: Factors<Row>, met: ReadonlySet<string>): Row {
  const row = { ...start };
  for (const name of Object.keys(factors) as (keyof Row)[]) {
    if (name in row) continue;
    const known = Object.keys(row) as (keyof Row)[];
    const gain = (value: Row[keyof Row]) =>
      known.filter((other) => !met.has(pairOf({ ...row, [name]: value }, name, other))).length;
    row[name] = factors[name].reduce((best, value) => (gain(value) > gain(best) ? value : best));
  }
  return row as Row;
}

function pairsOf<Row extends object>(row: Row, names: readonly (keyof Row)[]): string[] {
  return names.flatMap((one, at) => names.slice(at + 1).map((other) => pairOf(row, one, other)));
}

function pairOf<Row extends object>(row: Partial<Row>, one: keyof Row, other: keyof Row): string {
  const values = [one, other].map((name) => `${String(name)}=${String(row[name])}`);
  return values.toSorted().join(" ");
}
