"""Prints what MLflow's own client reads from a file store."""
import json
import os
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
import mlflow  # noqa: E402  (reads the variable)
from mlflow.tracking import MlflowClient  # noqa: E402

uri = "file://" + sys.argv[1]
mlflow.set_tracking_uri(uri)
client = MlflowClient(uri)
names = [e.name for e in client.search_experiments()]
frame = mlflow.search_runs(search_all_experiments=True)
runs = {}
for run in [client.get_run(i) for i in frame["run_id"]]:
    history = {
        key: [[m.step, m.timestamp, m.value] for m in client.get_metric_history(run.info.run_id, key)]
        for key in run.data.metrics
    }
    runs[run.info.run_id] = {
        "name": run.info.run_name, "status": run.info.status, "start": run.info.start_time,
        "end": run.info.end_time, "params": run.data.params, "tags": run.data.tags, "metrics": history,
    }
found = {}
if len(sys.argv) > 2:
    found = {"filtered": list(mlflow.search_runs(search_all_experiments=True, filter_string=sys.argv[2])["run_id"])}
print(json.dumps({"experiments": names, "runs": runs, **found}))
