// The parts of a form, in order, for going straight to one.

import type { Kind } from "../lib/api";
import { organisationSections } from "./OrganisationSections";
import { placeSections } from "./PlaceSections";
import { serviceSections } from "./ServiceSections";

export function sectionsOf(kind: Kind): readonly (readonly [id: string, title: string])[] {
  switch (kind) {
    case "service":
      return [...serviceSections, changes];
    case "organisation":
      return [...organisationSections, changes];
    case "place":
      return [...placeSections, changes];
  }
}

const changes = ["edit-changes", "What changes"] as const;
