// The third step: what the import would do, sort by sort and line by line. Nothing has changed yet.

import { useState } from "react";
import { Button, Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { CopyButton } from "../components/CopyButton";
import { Icon } from "../components/Icon";
import { JobPanel } from "../components/JobPanel";
import { api, asApiError, type ApiError, type DryRun, type LineSort } from "../lib/api";
import { countOf, sameWords, sortMeanings, sortNames, SORTS, wouldComeIn } from "../lib/importWords";
import { count } from "../lib/words";
import type { Importing } from "../state/useImport";
import { Lines } from "./Lines";

export function CheckStep({ importing }: { importing: Importing }) {
  const { dryRun, look, job, goTo } = importing;
  if (dryRun === null) return null;
  const coming = wouldComeIn(dryRun.counts);
  return (
    <>
      <div className="import-scroll">
        <div className="import-column">
          <p>
            <strong>{dryRun.source}</strong>: {dryRun.said}. <strong>Nothing has changed yet.</strong>{" "}
            {sameWords(dryRun.counts)}
          </p>
          <Sorts key={dryRun.id} dryRun={dryRun} />
          <Report dryRun={dryRun} />
        </div>
      </div>
      <div className="import-foot">
        <JobPanel job={job} landing="step-title" />
        <div className="actions">
          {dryRun.can_import ? (
            <Button className="button button-main" onPress={importing.apply}>
              Import {coming}
            </Button>
          ) : (
            <p className="foot-note">
              <Icon name="info" /> There is nothing to import.
            </p>
          )}
          <Button
            className="button"
            onPress={() => {
              goTo(look?.table == null ? "choose" : "map");
            }}
          >
            {look?.table == null ? "Back to choosing" : "Back to the columns"}
          </Button>
        </div>
      </div>
    </>
  );
}

function Sorts({ dryRun }: { dryRun: DryRun }) {
  const present = SORTS.filter((sort) => countOf(dryRun.counts, sort) > 0);
  const absent = SORTS.filter((sort) => !present.includes(sort));
  const [sort, setSort] = useState<LineSort | undefined>(present[0]);
  if (sort === undefined) return <p>Nothing would be new or changed, and nothing is wrong.</p>;
  return (
    <>
      <Tabs
        className="tabs"
        selectedKey={sort}
        onSelectionChange={(key) => {
          setSort(present.find((one) => one === key));
        }}
      >
        <TabList className="tab-list" aria-label="What would happen">
          {present.map((one) => (
            <Tab key={one} id={one} className="tab">
              {sortNames[one]} <span className="tab-count">{count(countOf(dryRun.counts, one))}</span>
            </Tab>
          ))}
        </TabList>
        {present.map((one) => (
          <TabPanel key={one} id={one} className="tab-panel">
            <p className="quiet-note">{sortMeanings[one]}</p>
            <Lines dryRun={dryRun.id} sort={one} />
          </TabPanel>
        ))}
      </Tabs>
      {absent.length > 0 && (
        <p className="quiet-note">None: {absent.map((one) => sortNames[one].toLowerCase()).join(", ")}.</p>
      )}
    </>
  );
}

function Report({ dryRun }: { dryRun: DryRun }) {
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const save = async () => {
    setError(null);
    const to = await api.chooseReport();
    if (to === null) return;
    await api.importReport(dryRun.id, to);
    setSaved(to);
  };
  return (
    <div className="report">
      {error !== null && <AlertPanel error={error} title="The report was not saved" />}
      <Button
        className="button"
        onPress={() => {
          save().catch((cause: unknown) => {
            setError(asApiError(cause));
          });
        }}
      >
        <Icon name="send" /> Save the report as CSV…
      </Button>
      <div role="status">
        {saved !== null && (
          <p className="with-button">
            Saved as {saved} <CopyButton text={saved} what="path" />
          </p>
        )}
      </div>
    </div>
  );
}
