"""Writes a file store with MLflow's own client and prints what it logged."""
import json
import os
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
from mlflow.tracking import MlflowClient  # noqa: E402  (reads the variable)

root = sys.argv[1]
client = MlflowClient("file://" + root)
experiment = client.create_experiment("sizes: é #1 " + "long words " * 12)
truth = {"experiment": experiment, "runs": {}, "deleted": []}


def start(name, **tags):
    run = client.create_run(experiment, run_name=name, tags=tags)
    entry = {"name": name, "params": {}, "metrics": {}, "tags": tags}
    truth["runs"][run.info.run_id] = entry
    return run.info.run_id, entry


def log(run, key, value, step, **data):
    time = 1795434160000 + step
    client.log_metric(run, key, value, timestamp=time, step=step, **data)
    truth["runs"][run]["metrics"].setdefault(key, []).append([step, time, value])


for name in ["plain", "123", "null", "it's \"q\": " + "word " * 30 + "  two\nlines\tx 😀", "é" * 120]:
    run, entry = start(name, sweep="a b")
    for key, value in {"n_params": "190354176", "opt/lr": "0.0006", "note": "two\nlines", "empty": ""}.items():
        client.log_param(run, key, value)
        entry["params"][key] = value
    for step in range(50):
        log(run, "train/loss", 10.0 / (step + 3), step)
        log(run, "tiny", 1e-5 / (step + 1), step)
    for step, value in enumerate([float("nan"), float("inf"), float("-inf"), -0.0, 5e-324, 1.7976931348623157e308]):
        log(run, "odd", value, step)
    log(run, "eval/loss", 2.5, 77, dataset_name="c4", dataset_digest="a1b2c3d4")
    client.set_terminated(run, "FINISHED")

run, entry = start("failed")
client.set_terminated(run, "FAILED")

# What clients of years ago wrote, and what a full disk leaves of a line.
run, entry = start("torn")
log(run, "train/loss", 2.875013, 2048)
folder = os.path.join(root, experiment, run, "metrics")
with open(os.path.join(folder, "train", "loss"), "a") as file:
    file.write("1795434160256 1.7781302412532667 ")
with open(os.path.join(folder, "old"), "w") as file:
    file.write("1795434160000 0.5\n")
entry["metrics"]["old"] = [[0, 1795434160000, 0.5]]

for _ in range(2):
    run, entry = start("deleted")
    log(run, "train/loss", 1.0, 0)
    client.delete_run(run)
    del truth["runs"][run]
    truth["deleted"].append(run)
gone = client.create_experiment("gone")
client.create_run(gone)
client.delete_experiment(gone)

print(json.dumps(truth))
