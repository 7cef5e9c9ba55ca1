const common = new Set(
  "the and for are was with that this what when where which how why who does can could should would will you your have has had not but from into about there their them they then than its it's our out any all one two get got use per please tell need want make much many long really just like".split(
    " ",
  ),
);

/** The significant words of a text, reduced to their stems. */
export function words(text: string): string[] {
  return (text.toLowerCase().match(/[a-z][a-z0-9-]{2,}|e\d\d/g) ?? [])
    .filter((word) => !common.has(word))
    .map((word) => word.replace(/(ing|ed|es|s)$/, ""));
}
