// What people type for times and days, read as the directory writes them. What cannot be read stays as it was
// typed, so that its fault can be said: nothing is guessed.

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** `9`, `9.30`, `9:30 am`, `1pm` → `09:00`, `09:30`, `09:30`, `13:00`. */
export function typedTime(typed: string): string {
  const text = typed.trim().toLowerCase();
  const parts = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/.exec(text);
  if (text === "noon") return "12:00";
  if (parts === null) return typed.trim();
  const [, hours = "", minutes = "00", half] = parts;
  const hour = Number(hours);
  if (half !== undefined && (hour < 1 || hour > 12)) return typed.trim();
  const whole = half === undefined ? hour : (hour % 12) + (half === "pm" ? 12 : 0);
  if (whole > 24 || Number(minutes) > 59) return typed.trim();
  return `${String(whole).padStart(2, "0")}:${minutes}`;
}

/** `31/3/2026`, `31 March 2026`, `31 mar 2026` → `2026-03-31`. */
export function typedDay(typed: string): string {
  const text = typed.trim().toLowerCase();
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (numbers !== null) return isoDay(numbers[3], Number(numbers[2]), numbers[1]) ?? typed.trim();
  const words = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,})\.?,?\s+(\d{4})$/.exec(text);
  if (words === null) return typed.trim();
  const month = MONTHS.findIndex((name) => name.startsWith(words[2] ?? " "));
  return isoDay(words[3], month + 1, words[1]) ?? typed.trim();
}

function isoDay(year = "", month: number, day = ""): string | null {
  const date = new Date(Date.UTC(Number(year), month - 1, Number(day)));
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
  return same ? date.toISOString().slice(0, 10) : null;
}

/** `2026-03-31` → `31 March 2026`; anything else as it is. */
export function saidDay(iso: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  const month = MONTHS[Number(parts?.[2]) - 1];
  if (parts === null || month === undefined) return iso;
  return `${String(Number(parts[3]))} ${month.charAt(0).toUpperCase()}${month.slice(1)} ${parts[1] ?? ""}`;
}
