// How the window says numbers, reasons and errors.

import type { AppError, ReasonView } from "./api";

const number = new Intl.NumberFormat("en-GB");

export function count(amount: number): string {
  return number.format(amount);
}

export function services(amount: number): string {
  return `${count(amount)} ${amount === 1 ? "service" : "services"}`;
}

/** An estimate, as roughly as it is known. */
export function timeLeft(seconds: number): string {
  if (seconds < 5) return "a few seconds left";
  if (seconds < 55) return `about ${String(Math.ceil(seconds / 10) * 10)} seconds left`;
  const minutes = Math.round(seconds / 60);
  return minutes <= 1 ? "about a minute left" : `about ${count(minutes)} minutes left`;
}

export function distance(km: number): string {
  if (km < 0.1) return "under 100 m";
  if (km < 1) return `${String(Math.round(km * 10) * 100)} m`;
  return `${km < 10 ? km.toFixed(1) : String(Math.round(km))} km`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

/** A reason in a few words, for a line of the list. */
export function reasonBriefly({ kind, said, found }: ReasonView): string {
  const same = said.toLocaleLowerCase() === found.toLocaleLowerCase();
  switch (kind) {
    case "name":
      return same ? `name “${said}”` : `${said} → ${found} (name)`;
    case "word":
      return same ? said : `${said} → ${found}`;
    case "beginning":
    case "synonym":
      return same ? said : `${said} → ${found}`;
    case "spelling":
      return `${said} → ${found} (spelling)`;
    case "area":
      return same ? `covers ${found}` : `${said} → covers ${found}`;
  }
}

/** A reason in a sentence, for the open entry. */
export function reasonInFull({ kind, said, found }: ReasonView): string {
  switch (kind) {
    case "name":
      return `“${said}” is in its name: ${found}.`;
    case "word":
      return `“${said}” is in the entry, as “${found}”.`;
    case "beginning":
      return `“${said}” begins “${found}”.`;
    case "synonym":
      return `“${said}” is taken to mean “${found}”.`;
    case "spelling":
      return `“${said}” was read as “${found}”.`;
    case "area":
      return `“${said}” is a place, and it covers ${found}.`;
  }
}

export type ErrorWords = Readonly<{
  title: string;
  whatToDo: string;
  /** Whether many things can fail so: who asked knows better what it was. */
  vague?: boolean;
}>;

const errors: Record<AppError["code"], ErrorWords> = {
  store_unreadable: {
    title: "The directory on this computer could not be read",
    whatToDo:
      "Close other copies of Signpost, then try again. If it stays so, ask whoever looks after this computer.",
  },
  store_newer: {
    title: "The directory on this computer was made by a newer Signpost",
    whatToDo: "Install the newer version of Signpost, then start it again. Nothing has been changed.",
  },
  store_locked: {
    title: "Another program is using the directory",
    whatToDo: "Close other copies of Signpost, wait a moment, then try again.",
  },
  disk_full: {
    title: "The disk is full",
    whatToDo: "Make some room on this computer, then try again. What is already stored is safe.",
  },
  read_only: {
    title: "Signpost may not write to its folder",
    whatToDo:
      "You can go on searching. To keep changes, ask for the folder to be made writable, then try again.",
  },
  not_found: {
    title: "That entry is not in the directory",
    whatToDo: "It may have been removed. Go back and search again.",
    vague: true,
  },
  bad_query: {
    title: "That search could not be understood",
    whatToDo: "Change the words or the filters, then try again.",
    vague: true,
  },
  index_unavailable: {
    title: "The search index is not ready",
    whatToDo: "It is rebuilt by itself. Wait a moment, then try again.",
  },
  cancelled: {
    title: "Cancelled",
    whatToDo: "Nothing was changed.",
  },
  stale: {
    title: "That no longer holds",
    whatToDo: "Something has changed since. Look again, then go on.",
    vague: true,
  },
  bad_file: {
    title: "That file or folder could not be used",
    whatToDo: "Nothing was changed. Mend it or choose another one, then try again.",
    vague: true,
  },
  network: {
    title: "The other computer gave no useful answer",
    whatToDo:
      "Nothing was changed. Check the address and the network, then try again: it goes on where it stopped.",
  },
  not_joined: {
    title: "This computer has joined no hub",
    whatToDo: "Nothing was sent. Join a hub under “Hub and sync”; what you change is kept until then.",
  },
  refused: {
    title: "That was not allowed",
    whatToDo: "Nothing was changed. Ask a curator or whoever runs the hub.",
    vague: true,
  },
  invalid: {
    title: "What was written cannot be kept as it is",
    whatToDo: "Nothing was changed. Mend what is wrong, then try again.",
    vague: true,
  },
  busy: {
    title: "Another sync is under way",
    whatToDo: "Wait until it has ended, then try again.",
  },
  internal: {
    title: "Something went wrong in Signpost",
    whatToDo: "Try again. If it happens again, close Signpost and start it anew: nothing stored is lost.",
    vague: true,
  },
};

export function errorWords(code: AppError["code"]): ErrorWords {
  return errors[code];
}
