import { nearestWord } from "../../sql/nearest-word.ts";

const marks = ["Up", "Down", "StatementBegin", "StatementEnd", "NO TRANSACTION", "ENVSUB ON", "ENVSUB OFF"];

/** A line that goose takes for a mark and refuses: it wants them alone, at the beginning of their lines (extractAnnotation). */
export function refusedGooseMark(
  line: string,
): { readonly message: string; readonly help: string } | undefined {
  if (!/^\s*--.*\+goose/.test(line)) return undefined;
  const words = line.replaceAll("--", "").replace("+goose", "").trim();
  const known = marks.find((mark) => mark.toLowerCase() === words.toLowerCase());
  if (known && /^--/.test(line)) return undefined;
  if (known)
    return {
      message: "goose refuses a mark with blanks in front of it",
      help: `write\n  -- +goose ${known}`,
    };
  const begun = marks.find((mark) => words.toLowerCase().startsWith(`${mark.toLowerCase()} `));
  const meant = begun ?? nearestWord(words, marks);
  return {
    message: "goose takes each comment with +goose for a mark, and refuses this one",
    help: meant ? `write\n  -- +goose ${meant}` : "write the comment without +goose",
  };
}
