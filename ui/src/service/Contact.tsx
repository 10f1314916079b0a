// How a person gets in, who it is for, and where and when.

import { CopyButton } from "../components/CopyButton";
import { OutLink } from "../components/OutLink";
import type { EntryView, PlaceView } from "../lib/api";
import { distance } from "../lib/words";
import { Known, Row } from "./Row";

export function Contact({ entry }: { entry: EntryView }) {
  const { way_in, application_process, referrers, phones, email, url } = entry;
  const known = way_in.length + referrers.length + phones.length > 0;
  if (!known && application_process === null && email === null && url === null) return null;
  return (
    <>
      <h3>How to get in</h3>
      <dl className="fact-list">
        <Known label="Way in" said={way_in} />
        <Known label="What to do" said={application_process} />
        <Known label="Who may refer" said={referrers} />
        {phones.length > 0 && (
          <Row label="Telephone">
            <ul className="plain-list">
              {phones.map(({ number, label }) => (
                <li key={number} className="with-button">
                  <span>
                    <span className="number">{number}</span>
                    {label !== null && ` ${label}`}
                  </span>
                  <CopyButton what="telephone number" text={number} />
                </li>
              ))}
            </ul>
          </Row>
        )}
        {email !== null && (
          <Row label="Email">
            <span className="with-button">
              <OutLink to={`mailto:${email}`} said={email} />
              <CopyButton what="email address" text={email} />
            </span>
          </Row>
        )}
        {url !== null && (
          <Row label="Website">
            <OutLink to={url} said={url} />
          </Row>
        )}
      </dl>
    </>
  );
}

export function WhoFor({ entry }: { entry: EntryView }) {
  const { who_for, ages, languages, populations } = entry;
  if (who_for === null && ages === null && languages.length + populations.length === 0) return null;
  return (
    <>
      <h3>Who it is for</h3>
      <dl className="fact-list">
        <Known label="For" said={who_for} />
        <Known
          label="People"
          said={populations.map(({ name, detail }) => (detail === null ? name : `${name} (${detail})`))}
        />
        <Known label="Ages" said={ages} />
        <Known label="Languages" said={languages} />
      </dl>
    </>
  );
}

export function Access({ entry }: { entry: EntryView }) {
  const { coverage, meets_you, places, opening, cost, wait, access } = entry;
  const lists = [coverage, meets_you, places, opening, access];
  if (lists.every(({ length }) => length === 0) && cost === null && wait === null) return null;
  return (
    <>
      <h3>Where, when and cost</h3>
      <dl className="fact-list">
        <Known label="For people living in" said={coverage.map(({ name }) => name).join(", ")} />
        <Known label="Meets you" said={meets_you} />
        {places.length > 0 && (
          <Row label={places.length === 1 ? "Place" : "Places"}>
            <ul className="plain-list">
              {places.map((place) => (
                <li key={place.name + (place.postcode ?? "")}>
                  <Place place={place} />
                </li>
              ))}
            </ul>
          </Row>
        )}
        <Known label="Opening" said={opening} />
        <Known label="Cost" said={cost} />
        <Known label="Wait" said={wait} />
        <Known label="Access" said={access} />
      </dl>
    </>
  );
}

function Place({ place }: { place: PlaceView }) {
  const address = [place.address, place.postcode].filter((part) => part !== null).join(", ");
  return (
    <>
      <strong>{place.name}</strong>
      {place.distance_km !== null && ` · ${distance(place.distance_km)} away`}
      {address !== "" && <span className="place-line">{address}</span>}
      {place.access !== null && <span className="place-line">{place.access}</span>}
    </>
  );
}
