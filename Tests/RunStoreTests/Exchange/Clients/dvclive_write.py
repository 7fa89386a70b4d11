"""Writes a folder with DVCLive and prints what it logged."""
import contextlib
import json
import sys

from dvclive import Live

params = {
    "n_params": 190354176, "lr": 0.0006, "name": "it's: x", "y": True, "s": "1e-3", "empty": "",
    "text": "a\nb", "neg": -1, "big": 1e25, "none": None, "long": "word " * 40,
    "opt": {"betas": [0.9, 0.95], "eps": 1e-08, "more": {"n": "no"}}, "e": {}, "el": [],
}
metrics = {}
with contextlib.redirect_stdout(sys.stderr):
    with Live(sys.argv[1], save_dvc_exp=False, dvcyaml=None, report=None) as live:
        live.log_params(params)
        for step in range(6):
            odd = [float("nan"), float("inf"), float("-inf"), -0.0, 5e-324, 0.1][step]
            for name, value in {"train/loss": 3.0 / (step + 1), "odd": odd}.items():
                live.log_metric(name, value)
                metrics.setdefault(name, []).append([step, value])
            live.next_step()
        live.log_metric("eval/loss", 1.5, timestamp=True)
        live.log_metric("final/acc", 0.5, plot=False)
        metrics["eval/loss"] = [[6, 1.5]]
        # A metric without a curve stands only in metrics.json, whose step is that of the last update.
        metrics["final/acc"] = [[5, 0.5]]
print(json.dumps({"params": params, "metrics": metrics}))
