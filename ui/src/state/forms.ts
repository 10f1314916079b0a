// Changes to a form that come from elsewhere than the keyboard. Pure.

import type { EditCheck, OrganisationForm, PlaceForm, RecordForm } from "../lib/api";
import type { Tie } from "./useEditing";

type Named = Readonly<{ form: RecordForm; tie: Tie | null }>;

/** The form with the organisation or place that was saved on top of it. */
export function withTied(under: RecordForm, { form, tie }: Named, id: string): RecordForm {
  if (under.kind !== "service" || tie === null) return under;
  const service = under.form;
  if (form.kind === "organisation")
    return { ...under, form: { ...service, organisation: { id, name: form.form.name } } };
  if (form.kind !== "place") return under;
  const { name, address_1, city, postcode } = form.form;
  const address = [address_1, city, postcode].filter((part) => part !== null && part !== "").join(", ");
  const said = { place: id, name, address: address === "" ? null : address };
  const known = service.places.some(({ place }) => place === id);
  const places = known
    ? service.places.map((one) => (one.place === id ? { ...one, ...said } : one))
    : [...service.places, { ...said, description: null, schedules: [] }];
  return { ...under, form: { ...service, places } };
}

type Point = Pick<PlaceForm, "latitude" | "longitude">;

/**
 * A place whose postcode is another one has another point: the one that was found, or none. A point that
 * somebody wrote by hand stays. Null: nothing is to be changed.
 */
export function withPoint(
  form: PlaceForm,
  start: PlaceForm,
  found: Point | null,
  check: EditCheck,
): PlaceForm | null {
  const same = (one: Point | null) =>
    one !== null && one.latitude === form.latitude && one.longitude === form.longitude;
  const moved = form.postcode !== start.postcode;
  if (!moved || !(same(start) || same(found))) return null;
  const { latitude, longitude } = check;
  return same({ latitude, longitude }) ? null : { ...form, latitude, longitude };
}

/** The name that a record goes by on the screen while it is written. */
export function nameOf({ form }: RecordForm): string {
  return (form as OrganisationForm).name;
}
