// What keeps the mapping from being used, said at once and where the focus can go.

import { Icon } from "../components/Icon";

export function Missing({ missing }: { missing: readonly string[] }) {
  return (
    <div role="status">
      {missing.length > 0 && (
        <div id="missing" className="panel panel-warning" tabIndex={-1}>
          <Icon name="warning" />
          <div className="panel-words">
            <p className="panel-title">Before anything can be imported</p>
            <ul className="plain-list">
              {missing.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}
