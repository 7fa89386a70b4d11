/// A small file store of MLflow, as the client writes one.
enum MLflowFixture {
  static let experiment = "173934248195269733"
  static let run = "c556d58417ee4d2fb9d0e50f32bce742"
  static let deleted = "78e499b454194f35947013c367de0adc"

  static func meta(run: String, name: String = "small", status: Int = 3, stage: String = "active")
    -> String
  {
    """
    artifact_uri: file:///store/mlruns/\(experiment)/\(run)/artifacts
    end_time: 1795556257501
    entry_point_name: ''
    experiment_id: '\(experiment)'
    lifecycle_stage: \(stage)
    run_id: \(run)
    run_name: \(name)
    source_name: ''
    source_type: 4
    source_version: ''
    start_time: 1795556257491
    status: \(status)
    tags: []
    user_id: someone

    """
  }

  static let experimentMeta = """
    artifact_location: file:///store/mlruns/\(experiment)
    creation_time: 1795556257490
    experiment_id: '\(experiment)'
    last_update_time: 1795556257490
    lifecycle_stage: active
    name: 'sweep #1: sizes'

    """

  static var files: [String: String] {
    let run = "\(experiment)/\(run)"
    return [
      "\(experiment)/meta.yaml": experimentMeta,
      "\(experiment)/tags/team": "scaling",
      "\(experiment)/models/m-1/meta.yaml": "model_id: m-1\n",
      "\(experiment)/traces/tr-1/trace_info.yaml": "a: b\n",
      "\(run)/meta.yaml": meta(run: Self.run),
      "\(run)/params/n_params": "190354176",
      "\(run)/params/opt/lr": "0.0006",
      "\(run)/params/note": "two\nlines",
      "\(run)/tags/mlflow.runName": "named",
      "\(run)/tags/sweep": "a",
      "\(run)/metrics/loss":
        "1795556257499 3.25 0\n1795556257500 nan 1\n1795556257501 inf 2\n1795556257502 -inf 3\n"
        + "1795556257503 1e-05 4\n",
      "\(run)/metrics/train/loss": "1795556257499 2.875013 2048\n",
      "\(run)/metrics/old": "1795556257499 0.5\n",
      "\(run)/metrics/eval": "1795556257499 0.25 77 c4 a1b2c3d4\n",
      "\(run)/artifacts/model.txt": "weights",
      "\(experiment)/\(deleted)/meta.yaml": meta(run: deleted, stage: "deleted"),
      ".trash/175197395599325091/meta.yaml": "experiment_id: '175197395599325091'\n",
    ]
  }
}
