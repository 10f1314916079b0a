// Whose a service is and where it is given: picked out of the directory, or made new on the way.

import { use } from "react";
import { Button, Disclosure, DisclosurePanel } from "react-aria-components";
import { Icon } from "../components/Icon";
import { TextInput } from "../components/TextInput";
import type { PlaceTie, ServiceForm } from "../lib/api";
import { FieldGroup, fieldId, type Fields } from "./fields";
import { RecordPick } from "./RecordPick";
import { Schedules } from "./Schedules";
import { WithinContext } from "./within";

type Props = { of: Fields<ServiceForm> };

export function Organisation({ of }: Props) {
  const { organisation } = of.form;
  const within = use(WithinContext);
  return (
    <FieldGroup field="organisation" label="Run by" faults={of.faults("organisation")}>
      <RecordPick
        kind="organisation"
        label="Run by"
        shown={organisation?.name ?? "Not known"}
        onPick={({ id, name }) => {
          of.set("organisation", { id, name });
        }}
        onNew={() => {
          within("organisation", null);
        }}
      />
      {organisation !== null && (
        <div className="actions">
          <Button
            className="button button-small"
            onPress={() => {
              within("organisation", organisation.id);
            }}
          >
            <Icon name="pen" /> Edit {organisation.name}
          </Button>
          <Button
            className="button button-small"
            onPress={() => {
              of.set("organisation", null);
              document.getElementById(fieldId("organisation"))?.querySelector("button")?.focus();
            }}
          >
            Not known who runs it
          </Button>
        </div>
      )}
    </FieldGroup>
  );
}

export function Places({ of }: Props) {
  const { places } = of.form;
  const within = use(WithinContext);
  return (
    <FieldGroup field="places" label="Places" faults={of.faults("places")}>
      {places.length > 0 && (
        <ol className="repeated-list">
          {places.map((tie) => (
            <li key={tie.place} className="repeated-item">
              <Place
                tie={tie}
                onChange={(part) => {
                  of.set(
                    "places",
                    places.map((one) => (one.place === tie.place ? { ...one, ...part } : one)),
                  );
                }}
              />
              <Button
                className="button-icon"
                aria-label={`Remove ${tie.name ?? tie.address ?? "this place"}`}
                onPress={() => {
                  of.set(
                    "places",
                    places.filter((one) => one.place !== tie.place),
                  );
                  document.getElementById(fieldId("places"))?.focus();
                }}
              >
                <Icon name="cross" />
              </Button>
            </li>
          ))}
        </ol>
      )}
      <RecordPick
        kind="place"
        label="Add a place"
        shown="Add a place…"
        onPick={({ id, name, line }) => {
          if (places.some(({ place }) => place === id)) return;
          of.set("places", [...places, { place: id, name, address: line, description: null, schedules: [] }]);
        }}
        onNew={() => {
          within("place", null);
        }}
      />
    </FieldGroup>
  );
}

function Place({ tie, onChange }: { tie: PlaceTie; onChange: (part: Partial<PlaceTie>) => void }) {
  const within = use(WithinContext);
  const name = tie.name ?? tie.address ?? "This place";
  const hours = tie.schedules.length;
  return (
    <div className="repeated-fields" role="group" aria-label={name}>
      <p className="with-button">
        <span>
          <strong>{name}</strong>
          {tie.address !== null && tie.address !== name && <span className="place-line">{tie.address}</span>}
        </span>
        <Button
          className="button button-small"
          aria-label={`Edit the place: ${name}`}
          onPress={() => {
            within("place", tie.place);
          }}
        >
          <Icon name="pen" /> Edit the place
        </Button>
      </p>
      <TextInput
        label="What happens there"
        value={tie.description ?? ""}
        spellCheck
        onChange={(text) => {
          onChange({ description: text === "" ? null : text });
        }}
      />
      <Disclosure className="values" defaultExpanded={hours > 0}>
        <Button slot="trigger" className="button button-small button-quiet values-button">
          <Icon name="open" /> Hours there{hours > 0 && ` (${String(hours)})`}
          <span className="unseen">: {name}</span>
        </Button>
        <DisclosurePanel>
          <Schedules
            schedules={tie.schedules}
            onChange={(schedules) => {
              onChange({ schedules });
            }}
          />
        </DisclosurePanel>
      </Disclosure>
    </div>
  );
}
