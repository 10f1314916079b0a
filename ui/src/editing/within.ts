// The way from a service's form to the form of its organisation or of a place, and back with what was saved.

import { createContext } from "react";
import type { Tie } from "../state/useEditing";

type Within = (tie: Tie, id: string | null) => void;

export const WithinContext = createContext<Within>(() => undefined);
