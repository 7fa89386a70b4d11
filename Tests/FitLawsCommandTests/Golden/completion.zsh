#compdef fitlaws

__fitlaws_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__fitlaws_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __fitlaws_complete "${completions[@]:0:-1}"
    fi
}

__fitlaws_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_fitlaws() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'fit:Fit a law to a table of runs.'
            'predict:Predict the loss of runs, with intervals.'
            'allocate:Split compute between parameters and tokens.'
            'isoflop:Compare approaches 1, 2 and 3 to the compute-optimal model.'
            'compare:Compare laws on the same runs, or groups of runs under one law.'
            'plan:Say what to train, what holds it back, and what more of that is worth.'
            'memory:Say what fills a GPU, and what would make a model fit.'
            'stop:Say when more compute is no longer worth its price.'
            'sample:Say how many samples of a model solve how much, and where to spend them.'
            'plot:Draw a fit, an analysis or a plan.'
            'report:Write a page about a fit: answer, figures, checks, how it was made.'
            'laws:List the laws of the catalogue, or explain one.'
            'runs:Keep runs as plain files: log, list, import, export, check.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        fit|predict|allocate|isoflop|compare|plan|memory|stop|sample|plot|report|laws|runs|help)
            "_fitlaws_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fitlaws_fit() {
    local -i ret=1
    local -ar ___law=('chinchilla' 'chinchilla-tied' 'kaplan' 'power' 'power-params' 'power-data' 'power-compute' 'bnsl' 'data-constrained' 'overtraining' 'downstream-error' 'clark' 'joint-moe' 'farseer' 'precision' 'precision-split' 'quantisation' 'vocabulary' 'steplaw-lr' 'steplaw-batch' 'critical-batch')
    local -ar ___reduce=('last' 'min')
    local -ar ___include=('excluded' 'unfinished')
    local -ar ___loss=('squares' 'huber' 'softL1' 'cauchy' 'absolute')
    local -ar ___residuals=('log' 'raw' 'relative')
    local -ar ___search=('quick' 'standard' 'thorough')
    local -ar ___interval=('covariance' 'bootstrap' 'bca' 'profile' 'all')
    local -ar ___resample=('rows' 'wild')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':table:_files -g '\''*.csv'\'''
        '--law[A law of the catalogue; see '\''fitlaws laws'\''.]:name:{__fitlaws_complete "${___law[@]}"}'
        '--formula[A law of your own, such as '\''loss ~ E + A / N^alpha'\'', or a file that holds it.]:text|file:_files'
        '--group[Fit each group of rows with one value of this column by itself.]:column:'
        '*--columns[The column a name of the law stands for\: N=params,D=tokens; expressions too\: D=flops/(6*params).]:name=column:'
        '*--where[Use only these rows, such as '\''params > 1e8 && variant == "hot"'\''.]:filter:'
        '--weights[The column of row weights.]:column:'
        '--metric[With a store\: the metric that is the response. The default is loss.]:name:'
        '--reduce[With a store\: last (the default), min, '\''mean of last 20'\'' or '\''at tokens 10B'\''.]:how:{__fitlaws_complete "${___reduce[@]}"}'
        '*--include[With a store\: also take excluded or unfinished runs.]:which:{__fitlaws_complete "${___include[@]}"}'
        '--save[Save question, rows and answer in the store; see '\''fitlaws runs verify --help'\''.]'
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '--loss[squares, huber, softL1, cauchy or absolute. The default is the law'\''s\: huber for losses.]:loss:{__fitlaws_complete "${___loss[@]}"}'
        '--delta[Scale of the loss, in units of the residual. The default is 1e-3.]:number:'
        '--residuals[log, raw or relative. The default is the law'\''s\: log for losses.]:kind:{__fitlaws_complete "${___residuals[@]}"}'
        '*--bound[Bounds of parameters, such as '\''0 < alpha < 1'\''; they replace the law'\''s.]:bound:'
        '*--start[Start values; the global search runs as well.]:name=value:'
        '*--fix[Hold parameters at values.]:name=value:'
        '--local[Polish the start only; no global search.]'
        '--search[How far to search\: quick, standard or thorough. The default is standard.]:effort:{__fitlaws_complete "${___search[@]}"}'
        '--evaluations[The most evaluations of the law in the search; the default is that of the effort.]:number:'
        '--level[Level of intervals.]:number:'
        '--bootstrap[Resamples that intervals are taken from.]:replicates:'
        '--seed[Seed of the resamples.]:number:'
        '--cluster[Resample rows with one value of this column together.]:column:'
        '--tasks[Tasks at once; the result does not depend on it.]:number:'
        '--interval[covariance, bootstrap (percentiles), bca, profile, or all side by side.]:method:{__fitlaws_complete "${___interval[@]}"}'
        '--resample[rows, or wild\: the signs of the residuals, for designs that must not be thinned.]:what:{__fitlaws_complete "${___resample[@]}"}'
        '--draws[Write the draws of the bootstrap as CSV.]:file:_files'
        '*--flops[Budgets in FLOP, separated by commas.]:numbers:'
        '*--at[Values of the law'\''s other inputs, such as U=25B.]:name=value:'
        '--sensitivity[Refit under other losses, and without the largest residuals, smallest and largest runs.]'
        '--design[Show what the runs determine, which carry the fit, and which run would help most.]'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_predict() {
    local -i ret=1
    local -ar ___law=('chinchilla' 'chinchilla-tied' 'kaplan' 'power' 'power-params' 'power-data' 'power-compute' 'bnsl' 'data-constrained' 'overtraining' 'downstream-error' 'clark' 'joint-moe' 'farseer' 'precision' 'precision-split' 'quantisation' 'vocabulary' 'steplaw-lr' 'steplaw-batch' 'critical-batch')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        '*:fit.json \[table\]:_files -g '\''*.json *.csv'\'''
        '--law[Instead of a fit\: a law of the catalogue.]:name:{__fitlaws_complete "${___law[@]}"}'
        '--constants[Its published constants; the default is the first that '\''fitlaws laws NAME'\'' lists.]:name:'
        '*--at[A point; repeat it for several.]:name=value:'
        '*--columns[The column of the table a name stands for\: N=params,D=tokens.]:name=column:'
        '--new-run[Intervals of a new run, which scatters about the law, not of the mean.]'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_allocate() {
    local -i ret=1
    local -ar ___law=('chinchilla' 'chinchilla-tied' 'kaplan' 'power' 'power-params' 'power-data' 'power-compute' 'bnsl' 'data-constrained' 'overtraining' 'downstream-error' 'clark' 'joint-moe' 'farseer' 'precision' 'precision-split' 'quantisation' 'vocabulary' 'steplaw-lr' 'steplaw-batch' 'critical-batch')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':fit.json:_files -g '\''*.json'\'''
        '--law[Instead of a fit\: a law of the catalogue.]:name:{__fitlaws_complete "${___law[@]}"}'
        '--constants[Its published constants; the default is the first that '\''fitlaws laws NAME'\'' lists.]:name:'
        '*--flops[Budgets in FLOP, separated by commas.]:numbers:'
        '*--at[Values of the law'\''s other inputs, such as U=25B.]:name=value:'
        '--target-loss[Instead of budgets\: the loss to reach at the least compute.]:number:'
        '--inference-tokens[With --target-loss\: tokens to be served, 2N FLOP each.]:number:'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_isoflop() {
    local -i ret=1
    local -ar ___axis=('params' 'tokens')
    local -ar ___curve=('parabola' 'cubic' 'akima')
    local -ar ___loss=('squares' 'huber' 'softL1' 'cauchy' 'absolute')
    local -ar ___residuals=('log' 'raw' 'relative')
    local -ar ___table=('approaches' 'budgets')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':table:_files -g '\''*.csv'\'''
        '*--flops[Budgets in FLOP, separated by commas.]:numbers:'
        '*--columns[The column a name of the law stands for\: N=params,D=tokens; expressions too\: D=flops/(6*params).]:name=column:'
        '*--where[Use only these rows, such as '\''params > 1e8 && variant == "hot"'\''.]:filter:'
        '--axis[What the curves of a budget are drawn over\: params or tokens.]:name:{__fitlaws_complete "${___axis[@]}"}'
        '--curve[parabola, cubic or akima (a spline).]:name:{__fitlaws_complete "${___curve[@]}"}'
        '--unweighted[Let all budgets count alike, instead of by the SD of their optimum.]'
        '--tolerance[The relative gap of compute at which the next budget begins.]:number:'
        '--bins[Bins of compute in approach 1.]:number:'
        '--noise[With akima\: relative SD of a run'\''s loss. The default is estimated from the curves.]:number:'
        '--loss[squares, huber, softL1, cauchy or absolute. The default is the law'\''s\: huber for losses.]:loss:{__fitlaws_complete "${___loss[@]}"}'
        '--delta[Scale of the loss, in units of the residual. The default is 1e-3.]:number:'
        '--residuals[log, raw or relative. The default is the law'\''s\: log for losses.]:kind:{__fitlaws_complete "${___residuals[@]}"}'
        '--level[Level of intervals.]:number:'
        '--bootstrap[Resamples that intervals are taken from.]:replicates:'
        '--seed[Seed of the resamples.]:number:'
        '--table[Which table is the CSV\: approaches or budgets.]:name:{__fitlaws_complete "${___table[@]}"}'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_compare() {
    local -i ret=1
    local -ar ___laws=('chinchilla' 'chinchilla-tied' 'kaplan' 'power' 'power-params' 'power-data' 'power-compute' 'bnsl' 'data-constrained' 'overtraining' 'downstream-error' 'clark' 'joint-moe' 'farseer' 'precision' 'precision-split' 'quantisation' 'vocabulary' 'steplaw-lr' 'steplaw-batch' 'critical-batch')
    local -ar ___loss=('squares' 'huber' 'softL1' 'cauchy' 'absolute')
    local -ar ___residuals=('log' 'raw' 'relative')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':table:_files -g '\''*.csv'\'''
        '*--laws[Laws of the catalogue, separated by commas; with --by one, by default chinchilla.]:names:{__fitlaws_complete "${___laws[@]}"}'
        '*--formula[A law of your own, or a file that holds it; repeat it for several.]:text|file:_files'
        '--by[Fit one law to each value of this column.]:column:'
        '--holdout[The share of rows of largest compute that are held out; the default is 0.2.]:share:'
        '--range[With --by\: where crossings are looked for, as FROM,TO. The default is the data'\''s range and a thousand times beyond.]:numbers:'
        '*--flops[Budgets in FLOP, separated by commas.]:numbers:'
        '*--at[Values of the law'\''s other inputs, such as U=25B.]:name=value:'
        '*--columns[The column a name of the law stands for\: N=params,D=tokens; expressions too\: D=flops/(6*params).]:name=column:'
        '*--where[Use only these rows, such as '\''params > 1e8 && variant == "hot"'\''.]:filter:'
        '--weights[The column of row weights.]:column:'
        '--loss[squares, huber, softL1, cauchy or absolute. The default is the law'\''s\: huber for losses.]:loss:{__fitlaws_complete "${___loss[@]}"}'
        '--delta[Scale of the loss, in units of the residual. The default is 1e-3.]:number:'
        '--residuals[log, raw or relative. The default is the law'\''s\: log for losses.]:kind:{__fitlaws_complete "${___residuals[@]}"}'
        '--level[Level of intervals.]:number:'
        '--bootstrap[Resamples that intervals are taken from.]:replicates:'
        '--seed[Seed of the resamples.]:number:'
        '--cluster[Resample rows with one value of this column together.]:column:'
        '--tasks[Tasks at once; the result does not depend on it.]:number:'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_plan() {
    local -i ret=1
    local -ar ___law=('chinchilla' 'chinchilla-tied' 'kaplan' 'power' 'power-params' 'power-data' 'power-compute' 'bnsl' 'data-constrained' 'overtraining' 'downstream-error' 'clark' 'joint-moe' 'farseer' 'precision' 'precision-split' 'quantisation' 'vocabulary' 'steplaw-lr' 'steplaw-batch' 'critical-batch')
    local -ar ___gpu=('a100-40gb' 'a100-80gb' 'h100-80gb' 'h800-80gb' 'h200-141gb' 'b200-180gb' 'l40s-48gb' 'rtx3090-24gb' 'rtx4090-24gb' 'mi300x-192gb' 'tpu-v5e' 'tpu-v5p')
    local -ar ___serving_gpu=('a100-40gb' 'a100-80gb' 'h100-80gb' 'h800-80gb' 'h200-141gb' 'b200-180gb' 'l40s-48gb' 'rtx3090-24gb' 'rtx4090-24gb' 'mi300x-192gb' 'tpu-v5e' 'tpu-v5p')
    local -ar ___recipe=('adamw' 'adam8bit' 'sgd' 'momentum' 'lion' 'adafactor' 'muon' 'lomo' 'galore' 'galore8bit' 'lora' 'qlora' 'mezo' 'serve')
    local -ar ___precision=('mixed' 'bf16' 'fp32')
    local -ar ___recompute=('none' 'selective' 'full')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':fit.json:_files -g '\''*.json'\'''
        '--law[Instead of a fit\: a law of the catalogue.]:name:{__fitlaws_complete "${___law[@]}"}'
        '--constants[Its published constants; the default is the first that '\''fitlaws laws NAME'\'' lists.]:name:'
        '--flops[Compute for selection, training and serving.]:number:'
        '--days[Days for selection and training.]:number:'
        '--dollars[US dollars for selection, training and serving.]:number:'
        '--kwh[Kilowatt-hours for selection and training.]:number:'
        '--unique-tokens[Unique tokens; more than these are repeats.]:number:'
        '--max-epochs[The most passes over the unique tokens.]:number:'
        '--params[Parameters, where they are not to be chosen.]:number:'
        '*--at[Values of the law'\''s other inputs, such as U=25B.]:name=value:'
        '--pools[Pools of data to choose from\: name, unique_tokens, and fit, or utility and half_life; selection, scorer_params, scored_tokens, uses.]:file.csv:_files -g '\''*.csv'\'''
        '*--bits[Bits to choose from, such as 4,8,16, for a law that knows what they are worth.]:numbers:'
        '*--gammas[What bits are worth, for a law fitted at 16\: sensitivities of weights, activations and cache.]:numbers:'
        '--gpu[The GPU, such as a100-80gb or h100-80gb.]:name:{__fitlaws_complete "${___gpu[@]}"}'
        '--gpu-memory[The memory of a GPU, if not that of --gpu\: 80GB (1e9 bytes) or 80GiB.]:size:'
        '--gpu-peak[Its peak of dense 16-bit products in FLOP/s, if not that of --gpu.]:number:'
        '--gpu-price[US dollars for an hour of a GPU.]:number:'
        '--gpu-watts[Power of a GPU in watts.]:number:'
        '--mfu[The share of the peak that training reaches; 0.4 by default.]:share:'
        '--pue[Energy of the building relative to that of the GPUs; 1.1 by default.]:factor:'
        '--inference-tokens[Tokens served over the model'\''s life.]:number:'
        '--prompt-tokens[How many of these are read, not written; none by default.]:number:'
        '--serving-gpu[The GPU that serves; that of training by default.]:name:{__fitlaws_complete "${___serving_gpu[@]}"}'
        '--serving-price[US dollars for an hour of that GPU.]:number:'
        '--prompt-mfu[The share of its peak reached on tokens read; --mfu by default.]:share:'
        '--output-mfu[The share reached on tokens written; --mfu by default.]:share:'
        '--recipe[How the weights are trained, or that they are served.]:recipe:{__fitlaws_complete "${___recipe[@]}"}'
        '--precision[mixed\: 16-bit with a 32-bit master copy; bf16\: no copy; fp32\: all in 32 bits.]:precision:{__fitlaws_complete "${___precision[@]}"}'
        '--rank[The rank of LoRA and QLoRA (64 by default) or of GaLore (a quarter of the width).]:number:'
        '--weight-bits[Bits of weights that are served, or frozen under LoRA.]:number:'
        '--fp32-gradients[Gradients in 32 bits.]'
        '--updates-per-matrix[Update each matrix as its gradient arrives\: one gradient at a time.]'
        '--batch[Sequences in a microbatch on one GPU, or served at once; 1 by default.]:number:'
        '--sequence[Tokens in a sequence; the model'\''s context, or 4096.]:number:'
        '--recompute[What is computed again in the backward pass; none by default.]:recompute:{__fitlaws_complete "${___recompute[@]}"}'
        '--no-flash[Attention writes its scores (no FlashAttention).]'
        '--dropout[Dropout masks are kept.]'
        '--cached-tokens[Tokens in a cache of keys and values; batch times sequence when serving.]:number:'
        '--cache-bits[Bits of an element of the cache; 16 by default.]:number:'
        '--overhead[Memory for driver, libraries and fragmentation; 0.5 to 3 GB by default.]:size:'
        '--gpus[GPUs in all; those of one copy by default.]:number:'
        '--tensor[GPUs that share each matrix; 1 by default.]:number:'
        '--sequence-parallel[Split what tensor parallelism leaves whole along the sequence.]'
        '--pipeline[Stages of layers; 1 by default.]:number:'
        '--interleave[Groups of layers on each stage; 1 by default.]:number:'
        '--zero[What data-parallel GPUs share\: 0 nothing, 1 optimizer states, 2 gradients too, 3 weights too; 0 by default.]:stage:'
        '--vocabulary[Tokens in the vocabulary of the model in memory; 32,000 by default.]:number:'
        '--explain[Name the source of every published number used.]'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_memory() {
    local -i ret=1
    local -ar ___model=('gpt2' 'gpt2-xl' 'gpt3-175b' 'pythia-6.9b' 'megatron-22b' 'megatron-175b' 'megatron-530b' 'megatron-1t' 'llama-7b' 'llama-13b' 'llama-65b' 'llama2-7b' 'llama2-13b' 'llama2-70b' 'llama3-1b' 'llama3-3b' 'llama3-8b' 'llama3-70b' 'llama3-405b' 'mistral-7b' 'mixtral-8x7b' 'qwen2.5-7b' 'deepseek-v2' 'deepseek-v3')
    local -ar ___recipe=('adamw' 'adam8bit' 'sgd' 'momentum' 'lion' 'adafactor' 'muon' 'lomo' 'galore' 'galore8bit' 'lora' 'qlora' 'mezo' 'serve')
    local -ar ___precision=('mixed' 'bf16' 'fp32')
    local -ar ___recompute=('none' 'selective' 'full')
    local -ar ___gpu=('a100-40gb' 'a100-80gb' 'h100-80gb' 'h800-80gb' 'h200-141gb' 'b200-180gb' 'l40s-48gb' 'rtx3090-24gb' 'rtx4090-24gb' 'mi300x-192gb' 'tpu-v5e' 'tpu-v5p')
    local -ar ___unit=('GB' 'GiB')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        '--model[A known model, such as llama2-7b.]:name:{__fitlaws_complete "${___model[@]}"}'
        '--params[A dense model of so many parameters, in the proportions of Llama 2.]:number:'
        '--layers[Layers.]:number:'
        '--width[The width of the residual stream.]:number:'
        '--heads[Attention heads.]:number:'
        '--kv-heads[Heads of keys and values; fewer is GQA.]:number:'
        '--ffn-width[The hidden width of the feed-forward block.]:number:'
        '--vocabulary[Tokens in the vocabulary; 32,000 by default.]:number:'
        '--experts[Experts of a layer, each as wide as the block.]:number:'
        '--active-experts[Experts that a token passes; 2 by default.]:number:'
        '--ungated[The feed-forward block has two matrices, not three (no SwiGLU).]'
        '--tied[The output head is the embedding.]'
        '--recipe[How the weights are trained, or that they are served.]:recipe:{__fitlaws_complete "${___recipe[@]}"}'
        '--precision[mixed\: 16-bit with a 32-bit master copy; bf16\: no copy; fp32\: all in 32 bits.]:precision:{__fitlaws_complete "${___precision[@]}"}'
        '--rank[The rank of LoRA and QLoRA (64 by default) or of GaLore (a quarter of the width).]:number:'
        '--weight-bits[Bits of weights that are served, or frozen under LoRA.]:number:'
        '--fp32-gradients[Gradients in 32 bits.]'
        '--updates-per-matrix[Update each matrix as its gradient arrives\: one gradient at a time.]'
        '--batch[Sequences in a microbatch on one GPU, or served at once; 1 by default.]:number:'
        '--sequence[Tokens in a sequence; the model'\''s context, or 4096.]:number:'
        '--recompute[What is computed again in the backward pass; none by default.]:recompute:{__fitlaws_complete "${___recompute[@]}"}'
        '--no-flash[Attention writes its scores (no FlashAttention).]'
        '--dropout[Dropout masks are kept.]'
        '--cached-tokens[Tokens in a cache of keys and values; batch times sequence when serving.]:number:'
        '--cache-bits[Bits of an element of the cache; 16 by default.]:number:'
        '--overhead[Memory for driver, libraries and fragmentation; 0.5 to 3 GB by default.]:size:'
        '--gpus[GPUs in all; those of one copy by default.]:number:'
        '--tensor[GPUs that share each matrix; 1 by default.]:number:'
        '--sequence-parallel[Split what tensor parallelism leaves whole along the sequence.]'
        '--pipeline[Stages of layers; 1 by default.]:number:'
        '--interleave[Groups of layers on each stage; 1 by default.]:number:'
        '--zero[What data-parallel GPUs share\: 0 nothing, 1 optimizer states, 2 gradients too, 3 weights too; 0 by default.]:stage:'
        '--gpu[The GPU, such as a100-80gb or h100-80gb.]:name:{__fitlaws_complete "${___gpu[@]}"}'
        '--gpu-memory[The memory of a GPU, if not that of --gpu\: 80GB (1e9 bytes) or 80GiB.]:size:'
        '--train-all[Only changes that train all weights by their gradients.]'
        '--explain[Name the source of every default used.]'
        '--unit[In what sizes are shown\: GB (1e9 bytes) or GiB (2^30).]:unit:{__fitlaws_complete "${___unit[@]}"}'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_stop() {
    local -i ret=1
    local -ar ___law=('chinchilla' 'chinchilla-tied' 'kaplan' 'power' 'power-params' 'power-data' 'power-compute' 'bnsl' 'data-constrained' 'overtraining' 'downstream-error' 'clark' 'joint-moe' 'farseer' 'precision' 'precision-split' 'quantisation' 'vocabulary' 'steplaw-lr' 'steplaw-batch' 'critical-batch')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':fit.json:_files -g '\''*.json'\'''
        '--law[Instead of a fit\: a law of the catalogue.]:name:{__fitlaws_complete "${___law[@]}"}'
        '--constants[Its published constants; the default is the first that '\''fitlaws laws NAME'\'' lists.]:name:'
        '*--flops[Budgets in FLOP, separated by commas.]:numbers:'
        '*--at[Values of the law'\''s other inputs, such as U=25B.]:name=value:'
        '--nats-per-flop[The least that a FLOP must bring, in nats.]:number:'
        '--nats-per-dollar[The least that a dollar must bring, in nats.]:number:'
        '--flops-per-dollar[With --nats-per-dollar\: what a dollar buys, peak FLOP/s x utilisation x 3600 / price of an hour.]:number:'
        '--params[Parameters of a model that is trained on.]:number:'
        '--tokens[With --params\: tokens it has seen.]:number:'
        '--explain[Also say where published forms and constants come from.]'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_sample() {
    local -i ret=1
    local -ar ___curve=('power' 'beta-binomial')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        '*:attempts.csv:_files -g '\''*.csv'\'''
        '*--columns[Columns that are called otherwise\: samples=n,correct=c,problem=id.]:name=column:'
        '*--samples[Numbers of samples at which to show coverage. The default is 1, 10, 100 and so on.]:numbers:'
        '*--target[Coverages to reach, such as 0.9.]:numbers:'
        '--budget[Samples to spread over the problems.]:number:'
        '*--params[With several tables\: parameters of each model.]:numbers:'
        '*--tokens-per-sample[Tokens of a sample, one number or one per model.]:numbers:'
        '*--training-flops[FLOP that training each model still takes; the default is 0.]:numbers:'
        '--queries[Queries to be answered in all.]:number:'
        '*--flops[Budgets in FLOP, separated by commas.]:numbers:'
        '--curve[The curve to compare by\: power or beta-binomial, the default.]:name:{__fitlaws_complete "${___curve[@]}"}'
        '--level[Level of intervals.]:number:'
        '--bootstrap[Resamples that intervals are taken from.]:replicates:'
        '--seed[Seed of the resamples.]:number:'
        '--explain[Also say where forms come from.]'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_plot() {
    local -i ret=1
    local -ar ___kind=('fit' 'isoflop' 'frontier' 'residuals' 'profile' 'pairs' 'compare' 'plan' 'curves')
    local -ar ___terminal=('dumb' 'sixel')
    local -ar arg_specs=(
        '--kind[What to draw; by default fit.]:kind:{__fitlaws_complete "${___kind[@]}"}'
        '--only[Of fits by group, the group to draw.]:group:'
        '(--output -o)'{--output,-o}'[Draw into this file, .svg, .png or .pdf. The default is the terminal, in characters.]:file:_files'
        '--keep[Keep script and data in this folder, to restyle\: gnuplot NAME.gp there draws them.]:folder:_files -/'
        '--terminal[On the terminal\: dumb (the default, characters) or sixel (pixels).]:name:{__fitlaws_complete "${___terminal[@]}"}'
        '*:input:_files -g '\''*.json *.csv'\'''
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_report() {
    local -i ret=1
    local -ar ___format=('html' 'markdown')
    local -ar arg_specs=(
        ':fit.json:_files -g '\''*.json'\'''
        '--data[A copy of the table that was fitted, where it is not under its name.]:table:_files -g '\''*.csv'\'''
        '--title[Its heading; the default names law and data.]:text:'
        '*--flops[Budgets in FLOP, separated by commas.]:numbers:'
        '*--at[Values of the law'\''s other inputs, such as U=25B.]:name=value:'
        '--format[The default is what the ending of --output says, else html.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write to this file, .html or .md, all or nothing; the default is standard output.]:file:'
        '--keep[Write the figures into this folder, with scripts and data to restyle them.]:folder:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_laws() {
    local -i ret=1
    local -ar _name=('chinchilla' 'chinchilla-tied' 'kaplan' 'power' 'power-params' 'power-data' 'power-compute' 'bnsl' 'data-constrained' 'overtraining' 'downstream-error' 'clark' 'joint-moe' 'farseer' 'precision' 'precision-split' 'quantisation' 'vocabulary' 'steplaw-lr' 'steplaw-batch' 'critical-batch')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':name:{__fitlaws_complete "${_name[@]}"}'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'init:Make a store of runs.'
            'log:Log a run: JSON Lines on standard input.'
            'list:List the runs of a store.'
            'show:Everything a run says, and its metrics.'
            'table:A row a run with one number of each curve: what '\''fit'\'' takes.'
            'label:Name, tag, annotate, exclude runs, or say how they ended.'
            'import:Import runs of MLflow, Weights & Biases, DVCLive, CSV or JSON Lines.'
            'export:Export runs as CSV, a data package or an MLflow file store.'
            'fits:List the saved fits of a store.'
            'verify:Fit a saved fit again, and compare answer and data.'
            'fsck:Read everything in a store and name what is wrong.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        init|log|list|show|table|label|import|export|fits|verify|fsck)
            "_fitlaws_runs_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_fitlaws_runs_init() {
    local -i ret=1
    local -ar arg_specs=(
        ':folder:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_log() {
    local -i ret=1
    local -ar arg_specs=(
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '--name[A name for people.]:text:'
        '--params[Parameters of the model\: 190M.]:number:'
        '--tokens[Tokens that the run is to see, repetitions counted\: 3.8B.]:number:'
        '--unique-tokens[Different tokens.]:number:'
        '--flops[Compute of the whole run in FLOP.]:number:'
        '*--config[Settings; they become columns config.NAME.]:name=value:'
        '--config-file[Settings as a JSON object.]:file:_files -g '\''*.json'\'''
        '*--tag[Tags.]:name=value:'
        '--id[An identifier of your own; the default is a new one.]:id:'
        '--resume[Go on with this run.]:id:'
        '--durability[What a stored row survives\: process (the default), power, power\:100 (every 100 rows) or buffered.]:what:'
        '--at-end[What the end of the input means\: finished, failed or killed (the default).]:status:'
        '--acknowledge[Write the step of each row to standard output once it is stored.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_list() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '*--where[Only these runs, such as '\''params > 1e8 && status == "finished"'\''.]:filter:'
        '--no-index[Read every run; the answer is the same, and slower.]'
        '*--columns[The columns, separated by commas.]:names:'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_show() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':id:'
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_table() {
    local -i ret=1
    local -ar ___reduce=('last' 'min')
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '*--where[Only these runs, such as '\''params > 1e8 && status == "finished"'\''.]:filter:'
        '--no-index[Read every run; the answer is the same, and slower.]'
        '*--metric[The metrics. The default is loss.]:names:'
        '--reduce[last (the default), min, '\''mean of last 20'\'' or '\''at tokens 10B'\''.]:how:{__fitlaws_complete "${___reduce[@]}"}'
        '*--columns[The columns before the metrics.]:names:'
        '--places[Also segment, line and step of each number.]'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_label() {
    local -i ret=1
    local -ar arg_specs=(
        '*:id:'
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '--name[A name in place of the one logged.]:text:'
        '*--tag[Tags; they become columns tags.NAME.]:name=value:'
        '*--untag[Tags to remove.]:name:'
        '--notes[Notes; empty to remove them.]:text:'
        '--exclude[Leave the runs out of fits, and why.]:reason:'
        '--include[Take the runs into fits again.]'
        '--status[How the runs ended\: finished, failed or killed.]:status:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_import() {
    local -i ret=1
    local -ar ___from=('mlflow' 'wandb-chart' 'wandb-table' 'dvclive' 'csv' 'jsonl')
    local -ar arg_specs=(
        '*:source:_files'
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '--from[What the sources are\: mlflow, wandb-chart, wandb-table, dvclive, csv, jsonl.]:format:{__fitlaws_complete "${___from[@]}"}'
        '*--map[The column that holds params, tokens, unique_tokens or flops; of tables also run, name, status, step, time.]:name=column:'
        '*--metrics[The columns of a table that are metrics.]:names:'
        '--source[What identifies the source; the default is the name of the file.]:text:'
        '--deleted[Also runs that were deleted there; they are excluded here.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_export() {
    local -i ret=1
    local -ar ___to=('csv' 'long' 'package' 'mlflow')
    local -ar arg_specs=(
        ':target:_files'
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '*--where[Only these runs, such as '\''params > 1e8 && status == "finished"'\''.]:filter:'
        '--no-index[Read every run; the answer is the same, and slower.]'
        '--to[The default is csv.]:to:{__fitlaws_complete "${___to[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_fits() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_verify() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        ':fit:'
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_runs_fsck() {
    local -i ret=1
    local -ar ___format=('text' 'json' 'csv' 'markdown')
    local -ar arg_specs=(
        '--store[The store. The default is FITLAWS_STORE, or the store that this folder lies in.]:folder:_files -/'
        '--repair[Repair what can be.]'
        '--sums[Also write SHA256SUMS, for '\''sha256sum -c'\'' without this program.]'
        '--format[The default is text, or what the ending of --output says.]:format:{__fitlaws_complete "${___format[@]}"}'
        '(--output -o)'{--output,-o}'[Write the result to this file, all or nothing; a table is still shown.]:file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_fitlaws_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _fitlaws ]]; then
    _fitlaws "${@}"
else
    compdef _fitlaws fitlaws
fi
