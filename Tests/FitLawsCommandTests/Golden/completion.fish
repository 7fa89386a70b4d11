function __fitlaws_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fitlaws_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __fitlaws_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __fitlaws_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __fitlaws_parse_tokens -S
    set -l unparsed_tokens (__fitlaws_tokens -pc)
    switch $unparsed_tokens[1]
    case 'fitlaws'
        __fitlaws_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'fit'
            __fitlaws_parse_subcommand 1 'law=' 'formula=' 'group=' 'columns=+' 'where=+' 'weights=' 'metric=' 'reduce=' 'include=+' 'save' 'store=' 'loss=' 'delta=' 'residuals=' 'bound=+' 'start=+' 'fix=+' 'local' 'search=' 'evaluations=' 'level=' 'bootstrap=' 'seed=' 'cluster=' 'tasks=' 'interval=' 'resample=' 'draws=' 'flops=+' 'at=+' 'sensitivity' 'design' 'format=' 'o/output=' 'version' 'h/help'
        case 'predict'
            __fitlaws_parse_subcommand -r 1 'law=' 'constants=' 'at=+' 'columns=+' 'new-run' 'format=' 'o/output=' 'version' 'h/help'
        case 'allocate'
            __fitlaws_parse_subcommand 1 'law=' 'constants=' 'flops=+' 'at=+' 'target-loss=' 'inference-tokens=' 'format=' 'o/output=' 'version' 'h/help'
        case 'isoflop'
            __fitlaws_parse_subcommand 1 'flops=+' 'columns=+' 'where=+' 'axis=' 'curve=' 'unweighted' 'tolerance=' 'bins=' 'noise=' 'loss=' 'delta=' 'residuals=' 'level=' 'bootstrap=' 'seed=' 'table=' 'format=' 'o/output=' 'version' 'h/help'
        case 'compare'
            __fitlaws_parse_subcommand 1 'laws=+' 'formula=+' 'by=' 'holdout=' 'range=' 'flops=+' 'at=+' 'columns=+' 'where=+' 'weights=' 'loss=' 'delta=' 'residuals=' 'level=' 'bootstrap=' 'seed=' 'cluster=' 'tasks=' 'format=' 'o/output=' 'version' 'h/help'
        case 'plan'
            __fitlaws_parse_subcommand 1 'law=' 'constants=' 'flops=' 'days=' 'dollars=' 'kwh=' 'unique-tokens=' 'max-epochs=' 'params=' 'at=+' 'pools=' 'bits=+' 'gammas=+' 'gpu=' 'gpu-memory=' 'gpu-peak=' 'gpu-price=' 'gpu-watts=' 'mfu=' 'pue=' 'inference-tokens=' 'prompt-tokens=' 'serving-gpu=' 'serving-price=' 'prompt-mfu=' 'output-mfu=' 'recipe=' 'precision=' 'rank=' 'weight-bits=' 'fp32-gradients' 'updates-per-matrix' 'batch=' 'sequence=' 'recompute=' 'no-flash' 'dropout' 'cached-tokens=' 'cache-bits=' 'overhead=' 'gpus=' 'tensor=' 'sequence-parallel' 'pipeline=' 'interleave=' 'zero=' 'vocabulary=' 'explain' 'format=' 'o/output=' 'version' 'h/help'
        case 'memory'
            __fitlaws_parse_subcommand 0 'model=' 'params=' 'layers=' 'width=' 'heads=' 'kv-heads=' 'ffn-width=' 'vocabulary=' 'experts=' 'active-experts=' 'ungated' 'tied' 'recipe=' 'precision=' 'rank=' 'weight-bits=' 'fp32-gradients' 'updates-per-matrix' 'batch=' 'sequence=' 'recompute=' 'no-flash' 'dropout' 'cached-tokens=' 'cache-bits=' 'overhead=' 'gpus=' 'tensor=' 'sequence-parallel' 'pipeline=' 'interleave=' 'zero=' 'gpu=' 'gpu-memory=' 'train-all' 'explain' 'unit=' 'format=' 'o/output=' 'version' 'h/help'
        case 'stop'
            __fitlaws_parse_subcommand 1 'law=' 'constants=' 'flops=+' 'at=+' 'nats-per-flop=' 'nats-per-dollar=' 'flops-per-dollar=' 'params=' 'tokens=' 'explain' 'format=' 'o/output=' 'version' 'h/help'
        case 'sample'
            __fitlaws_parse_subcommand -r 1 'columns=+' 'samples=+' 'target=+' 'budget=' 'params=+' 'tokens-per-sample=+' 'training-flops=+' 'queries=' 'flops=+' 'curve=' 'level=' 'bootstrap=' 'seed=' 'explain' 'format=' 'o/output=' 'version' 'h/help'
        case 'plot'
            __fitlaws_parse_subcommand -r 1 'kind=' 'only=' 'o/output=' 'keep=' 'terminal=' 'version' 'h/help'
        case 'report'
            __fitlaws_parse_subcommand 1 'data=' 'title=' 'flops=+' 'at=+' 'format=' 'o/output=' 'keep=' 'version' 'h/help'
        case 'laws'
            __fitlaws_parse_subcommand 1 'format=' 'o/output=' 'version' 'h/help'
        case 'runs'
            __fitlaws_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'init'
                __fitlaws_parse_subcommand 1 'version' 'h/help'
            case 'log'
                __fitlaws_parse_subcommand 0 'store=' 'name=' 'params=' 'tokens=' 'unique-tokens=' 'flops=' 'config=+' 'config-file=' 'tag=+' 'id=' 'resume=' 'durability=' 'at-end=' 'acknowledge' 'version' 'h/help'
            case 'list'
                __fitlaws_parse_subcommand 0 'store=' 'where=+' 'no-index' 'columns=+' 'format=' 'o/output=' 'version' 'h/help'
            case 'show'
                __fitlaws_parse_subcommand 1 'store=' 'format=' 'o/output=' 'version' 'h/help'
            case 'table'
                __fitlaws_parse_subcommand 0 'store=' 'where=+' 'no-index' 'metric=+' 'reduce=' 'columns=+' 'places' 'format=' 'o/output=' 'version' 'h/help'
            case 'label'
                __fitlaws_parse_subcommand -r 1 'store=' 'name=' 'tag=+' 'untag=+' 'notes=' 'exclude=' 'include' 'status=' 'version' 'h/help'
            case 'import'
                __fitlaws_parse_subcommand -r 1 'store=' 'from=' 'map=+' 'metrics=+' 'source=' 'deleted' 'version' 'h/help'
            case 'export'
                __fitlaws_parse_subcommand 1 'store=' 'where=+' 'no-index' 'to=' 'version' 'h/help'
            case 'fits'
                __fitlaws_parse_subcommand 0 'store=' 'format=' 'o/output=' 'version' 'h/help'
            case 'verify'
                __fitlaws_parse_subcommand 1 'store=' 'format=' 'o/output=' 'version' 'h/help'
            case 'fsck'
                __fitlaws_parse_subcommand 0 'store=' 'repair' 'sums' 'format=' 'o/output=' 'version' 'h/help'
            end
        case 'help'
            __fitlaws_parse_subcommand -r 1 'version'
        end
    end
end

function __fitlaws_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __fitlaws_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __fitlaws_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __fitlaws_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__fitlaws_tokens -p)
    if test -z "$(__fitlaws_tokens -t)"
        set -l index (count (__fitlaws_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'fitlaws' -f
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'fit' -d 'Fit a law to a table of runs.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'predict' -d 'Predict the loss of runs, with intervals.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'allocate' -d 'Split compute between parameters and tokens.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'isoflop' -d 'Compare approaches 1, 2 and 3 to the compute-optimal model.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'compare' -d 'Compare laws on the same runs, or groups of runs under one law.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'plan' -d 'Say what to train, what holds it back, and what more of that is worth.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'memory' -d 'Say what fills a GPU, and what would make a model fit.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'stop' -d 'Say when more compute is no longer worth its price.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'sample' -d 'Say how many samples of a model solve how much, and where to spend them.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'plot' -d 'Draw a fit, an analysis or a plan.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'report' -d 'Write a page about a fit: answer, figures, checks, how it was made.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'laws' -d 'List the laws of the catalogue, or explain one.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'runs' -d 'Keep runs as plain files: log, list, import, export, check.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws fit" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" law' -l 'law' -d 'A law of the catalogue; see \'fitlaws laws\'.' -rfka 'chinchilla chinchilla-tied kaplan power power-params power-data power-compute bnsl data-constrained overtraining downstream-error clark joint-moe farseer precision precision-split quantisation vocabulary steplaw-lr steplaw-batch critical-batch'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" formula' -l 'formula' -d 'A law of your own, such as \'loss ~ E + A / N^alpha\', or a file that holds it.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" group' -l 'group' -d 'Fit each group of rows with one value of this column by itself.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit"' -l 'columns' -d 'The column a name of the law stands for: N=params,D=tokens; expressions too: D=flops/(6*params).' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit"' -l 'where' -d 'Use only these rows, such as \'params > 1e8 && variant == "hot"\'.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" weights' -l 'weights' -d 'The column of row weights.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" metric' -l 'metric' -d 'With a store: the metric that is the response. The default is loss.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" reduce' -l 'reduce' -d 'With a store: last (the default), min, \'mean of last 20\' or \'at tokens 10B\'.' -rfka 'last min'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit"' -l 'include' -d 'With a store: also take excluded or unfinished runs.' -rfka 'excluded unfinished'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" save' -l 'save' -d 'Save question, rows and answer in the store; see \'fitlaws runs verify --help\'.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" loss' -l 'loss' -d 'squares, huber, softL1, cauchy or absolute. The default is the law\'s: huber for losses.' -rfka 'squares huber softL1 cauchy absolute'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" delta' -l 'delta' -d 'Scale of the loss, in units of the residual. The default is 1e-3.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" residuals' -l 'residuals' -d 'log, raw or relative. The default is the law\'s: log for losses.' -rfka 'log raw relative'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit"' -l 'bound' -d 'Bounds of parameters, such as \'0 < alpha < 1\'; they replace the law\'s.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit"' -l 'start' -d 'Start values; the global search runs as well.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit"' -l 'fix' -d 'Hold parameters at values.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" local' -l 'local' -d 'Polish the start only; no global search.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" search' -l 'search' -d 'How far to search: quick, standard or thorough. The default is standard.' -rfka 'quick standard thorough'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" evaluations' -l 'evaluations' -d 'The most evaluations of the law in the search; the default is that of the effort.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" level' -l 'level' -d 'Level of intervals.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" bootstrap' -l 'bootstrap' -d 'Resamples that intervals are taken from.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" seed' -l 'seed' -d 'Seed of the resamples.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" cluster' -l 'cluster' -d 'Resample rows with one value of this column together.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" tasks' -l 'tasks' -d 'Tasks at once; the result does not depend on it.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" interval' -l 'interval' -d 'covariance, bootstrap (percentiles), bca, profile, or all side by side.' -rfka 'covariance bootstrap bca profile all'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" resample' -l 'resample' -d 'rows, or wild: the signs of the residuals, for designs that must not be thinned.' -rfka 'rows wild'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" draws' -l 'draws' -d 'Write the draws of the bootstrap as CSV.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit"' -l 'flops' -d 'Budgets in FLOP, separated by commas.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit"' -l 'at' -d 'Values of the law\'s other inputs, such as U=25B.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" sensitivity' -l 'sensitivity' -d 'Refit under other losses, and without the largest residuals, smallest and largest runs.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" design' -l 'design' -d 'Show what the runs determine, which carry the fit, and which run would help most.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws fit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws predict" -ge 1' -fa '(set -l exts \'json\' \'csv\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict" law' -l 'law' -d 'Instead of a fit: a law of the catalogue.' -rfka 'chinchilla chinchilla-tied kaplan power power-params power-data power-compute bnsl data-constrained overtraining downstream-error clark joint-moe farseer precision precision-split quantisation vocabulary steplaw-lr steplaw-batch critical-batch'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict" constants' -l 'constants' -d 'Its published constants; the default is the first that \'fitlaws laws NAME\' lists.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict"' -l 'at' -d 'A point; repeat it for several.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict"' -l 'columns' -d 'The column of the table a name stands for: N=params,D=tokens.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict" new-run' -l 'new-run' -d 'Intervals of a new run, which scatters about the law, not of the mean.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws predict" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws allocate" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate" law' -l 'law' -d 'Instead of a fit: a law of the catalogue.' -rfka 'chinchilla chinchilla-tied kaplan power power-params power-data power-compute bnsl data-constrained overtraining downstream-error clark joint-moe farseer precision precision-split quantisation vocabulary steplaw-lr steplaw-batch critical-batch'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate" constants' -l 'constants' -d 'Its published constants; the default is the first that \'fitlaws laws NAME\' lists.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate"' -l 'flops' -d 'Budgets in FLOP, separated by commas.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate"' -l 'at' -d 'Values of the law\'s other inputs, such as U=25B.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate" target-loss' -l 'target-loss' -d 'Instead of budgets: the loss to reach at the least compute.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate" inference-tokens' -l 'inference-tokens' -d 'With --target-loss: tokens to be served, 2N FLOP each.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws allocate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws isoflop" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop"' -l 'flops' -d 'Budgets in FLOP, separated by commas.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop"' -l 'columns' -d 'The column a name of the law stands for: N=params,D=tokens; expressions too: D=flops/(6*params).' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop"' -l 'where' -d 'Use only these rows, such as \'params > 1e8 && variant == "hot"\'.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" axis' -l 'axis' -d 'What the curves of a budget are drawn over: params or tokens.' -rfka 'params tokens'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" curve' -l 'curve' -d 'parabola, cubic or akima (a spline).' -rfka 'parabola cubic akima'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" unweighted' -l 'unweighted' -d 'Let all budgets count alike, instead of by the SD of their optimum.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" tolerance' -l 'tolerance' -d 'The relative gap of compute at which the next budget begins.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" bins' -l 'bins' -d 'Bins of compute in approach 1.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" noise' -l 'noise' -d 'With akima: relative SD of a run\'s loss. The default is estimated from the curves.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" loss' -l 'loss' -d 'squares, huber, softL1, cauchy or absolute. The default is the law\'s: huber for losses.' -rfka 'squares huber softL1 cauchy absolute'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" delta' -l 'delta' -d 'Scale of the loss, in units of the residual. The default is 1e-3.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" residuals' -l 'residuals' -d 'log, raw or relative. The default is the law\'s: log for losses.' -rfka 'log raw relative'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" level' -l 'level' -d 'Level of intervals.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" bootstrap' -l 'bootstrap' -d 'Resamples that intervals are taken from.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" seed' -l 'seed' -d 'Seed of the resamples.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" table' -l 'table' -d 'Which table is the CSV: approaches or budgets.' -rfka 'approaches budgets'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws isoflop" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws compare" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare"' -l 'laws' -d 'Laws of the catalogue, separated by commas; with --by one, by default chinchilla.' -rfka 'chinchilla chinchilla-tied kaplan power power-params power-data power-compute bnsl data-constrained overtraining downstream-error clark joint-moe farseer precision precision-split quantisation vocabulary steplaw-lr steplaw-batch critical-batch'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare"' -l 'formula' -d 'A law of your own, or a file that holds it; repeat it for several.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" by' -l 'by' -d 'Fit one law to each value of this column.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" holdout' -l 'holdout' -d 'The share of rows of largest compute that are held out; the default is 0.2.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" range' -l 'range' -d 'With --by: where crossings are looked for, as FROM,TO. The default is the data\'s range and a thousand times beyond.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare"' -l 'flops' -d 'Budgets in FLOP, separated by commas.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare"' -l 'at' -d 'Values of the law\'s other inputs, such as U=25B.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare"' -l 'columns' -d 'The column a name of the law stands for: N=params,D=tokens; expressions too: D=flops/(6*params).' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare"' -l 'where' -d 'Use only these rows, such as \'params > 1e8 && variant == "hot"\'.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" weights' -l 'weights' -d 'The column of row weights.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" loss' -l 'loss' -d 'squares, huber, softL1, cauchy or absolute. The default is the law\'s: huber for losses.' -rfka 'squares huber softL1 cauchy absolute'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" delta' -l 'delta' -d 'Scale of the loss, in units of the residual. The default is 1e-3.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" residuals' -l 'residuals' -d 'log, raw or relative. The default is the law\'s: log for losses.' -rfka 'log raw relative'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" level' -l 'level' -d 'Level of intervals.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" bootstrap' -l 'bootstrap' -d 'Resamples that intervals are taken from.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" seed' -l 'seed' -d 'Seed of the resamples.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" cluster' -l 'cluster' -d 'Resample rows with one value of this column together.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" tasks' -l 'tasks' -d 'Tasks at once; the result does not depend on it.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws compare" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws plan" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" law' -l 'law' -d 'Instead of a fit: a law of the catalogue.' -rfka 'chinchilla chinchilla-tied kaplan power power-params power-data power-compute bnsl data-constrained overtraining downstream-error clark joint-moe farseer precision precision-split quantisation vocabulary steplaw-lr steplaw-batch critical-batch'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" constants' -l 'constants' -d 'Its published constants; the default is the first that \'fitlaws laws NAME\' lists.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" flops' -l 'flops' -d 'Compute for selection, training and serving.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" days' -l 'days' -d 'Days for selection and training.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" dollars' -l 'dollars' -d 'US dollars for selection, training and serving.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" kwh' -l 'kwh' -d 'Kilowatt-hours for selection and training.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" unique-tokens' -l 'unique-tokens' -d 'Unique tokens; more than these are repeats.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" max-epochs' -l 'max-epochs' -d 'The most passes over the unique tokens.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" params' -l 'params' -d 'Parameters, where they are not to be chosen.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan"' -l 'at' -d 'Values of the law\'s other inputs, such as U=25B.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" pools' -l 'pools' -d 'Pools of data to choose from: name, unique_tokens, and fit, or utility and half_life; selection, scorer_params, scored_tokens, uses.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan"' -l 'bits' -d 'Bits to choose from, such as 4,8,16, for a law that knows what they are worth.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan"' -l 'gammas' -d 'What bits are worth, for a law fitted at 16: sensitivities of weights, activations and cache.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" gpu' -l 'gpu' -d 'The GPU, such as a100-80gb or h100-80gb.' -rfka 'a100-40gb a100-80gb h100-80gb h800-80gb h200-141gb b200-180gb l40s-48gb rtx3090-24gb rtx4090-24gb mi300x-192gb tpu-v5e tpu-v5p'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" gpu-memory' -l 'gpu-memory' -d 'The memory of a GPU, if not that of --gpu: 80GB (1e9 bytes) or 80GiB.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" gpu-peak' -l 'gpu-peak' -d 'Its peak of dense 16-bit products in FLOP/s, if not that of --gpu.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" gpu-price' -l 'gpu-price' -d 'US dollars for an hour of a GPU.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" gpu-watts' -l 'gpu-watts' -d 'Power of a GPU in watts.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" mfu' -l 'mfu' -d 'The share of the peak that training reaches; 0.4 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" pue' -l 'pue' -d 'Energy of the building relative to that of the GPUs; 1.1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" inference-tokens' -l 'inference-tokens' -d 'Tokens served over the model\'s life.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" prompt-tokens' -l 'prompt-tokens' -d 'How many of these are read, not written; none by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" serving-gpu' -l 'serving-gpu' -d 'The GPU that serves; that of training by default.' -rfka 'a100-40gb a100-80gb h100-80gb h800-80gb h200-141gb b200-180gb l40s-48gb rtx3090-24gb rtx4090-24gb mi300x-192gb tpu-v5e tpu-v5p'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" serving-price' -l 'serving-price' -d 'US dollars for an hour of that GPU.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" prompt-mfu' -l 'prompt-mfu' -d 'The share of its peak reached on tokens read; --mfu by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" output-mfu' -l 'output-mfu' -d 'The share reached on tokens written; --mfu by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" recipe' -l 'recipe' -d 'How the weights are trained, or that they are served.' -rfka 'adamw adam8bit sgd momentum lion adafactor muon lomo galore galore8bit lora qlora mezo serve'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" precision' -l 'precision' -d 'mixed: 16-bit with a 32-bit master copy; bf16: no copy; fp32: all in 32 bits.' -rfka 'mixed bf16 fp32'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" rank' -l 'rank' -d 'The rank of LoRA and QLoRA (64 by default) or of GaLore (a quarter of the width).' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" weight-bits' -l 'weight-bits' -d 'Bits of weights that are served, or frozen under LoRA.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" fp32-gradients' -l 'fp32-gradients' -d 'Gradients in 32 bits.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" updates-per-matrix' -l 'updates-per-matrix' -d 'Update each matrix as its gradient arrives: one gradient at a time.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" batch' -l 'batch' -d 'Sequences in a microbatch on one GPU, or served at once; 1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" sequence' -l 'sequence' -d 'Tokens in a sequence; the model\'s context, or 4096.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" recompute' -l 'recompute' -d 'What is computed again in the backward pass; none by default.' -rfka 'none selective full'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" no-flash' -l 'no-flash' -d 'Attention writes its scores (no FlashAttention).'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" dropout' -l 'dropout' -d 'Dropout masks are kept.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" cached-tokens' -l 'cached-tokens' -d 'Tokens in a cache of keys and values; batch times sequence when serving.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" cache-bits' -l 'cache-bits' -d 'Bits of an element of the cache; 16 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" overhead' -l 'overhead' -d 'Memory for driver, libraries and fragmentation; 0.5 to 3 GB by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" gpus' -l 'gpus' -d 'GPUs in all; those of one copy by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" tensor' -l 'tensor' -d 'GPUs that share each matrix; 1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" sequence-parallel' -l 'sequence-parallel' -d 'Split what tensor parallelism leaves whole along the sequence.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" pipeline' -l 'pipeline' -d 'Stages of layers; 1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" interleave' -l 'interleave' -d 'Groups of layers on each stage; 1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" zero' -l 'zero' -d 'What data-parallel GPUs share: 0 nothing, 1 optimizer states, 2 gradients too, 3 weights too; 0 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" vocabulary' -l 'vocabulary' -d 'Tokens in the vocabulary of the model in memory; 32,000 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" explain' -l 'explain' -d 'Name the source of every published number used.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" model' -l 'model' -d 'A known model, such as llama2-7b.' -rfka 'gpt2 gpt2-xl gpt3-175b pythia-6.9b megatron-22b megatron-175b megatron-530b megatron-1t llama-7b llama-13b llama-65b llama2-7b llama2-13b llama2-70b llama3-1b llama3-3b llama3-8b llama3-70b llama3-405b mistral-7b mixtral-8x7b qwen2.5-7b deepseek-v2 deepseek-v3'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" params' -l 'params' -d 'A dense model of so many parameters, in the proportions of Llama 2.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" layers' -l 'layers' -d 'Layers.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" width' -l 'width' -d 'The width of the residual stream.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" heads' -l 'heads' -d 'Attention heads.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" kv-heads' -l 'kv-heads' -d 'Heads of keys and values; fewer is GQA.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" ffn-width' -l 'ffn-width' -d 'The hidden width of the feed-forward block.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" vocabulary' -l 'vocabulary' -d 'Tokens in the vocabulary; 32,000 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" experts' -l 'experts' -d 'Experts of a layer, each as wide as the block.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" active-experts' -l 'active-experts' -d 'Experts that a token passes; 2 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" ungated' -l 'ungated' -d 'The feed-forward block has two matrices, not three (no SwiGLU).'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" tied' -l 'tied' -d 'The output head is the embedding.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" recipe' -l 'recipe' -d 'How the weights are trained, or that they are served.' -rfka 'adamw adam8bit sgd momentum lion adafactor muon lomo galore galore8bit lora qlora mezo serve'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" precision' -l 'precision' -d 'mixed: 16-bit with a 32-bit master copy; bf16: no copy; fp32: all in 32 bits.' -rfka 'mixed bf16 fp32'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" rank' -l 'rank' -d 'The rank of LoRA and QLoRA (64 by default) or of GaLore (a quarter of the width).' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" weight-bits' -l 'weight-bits' -d 'Bits of weights that are served, or frozen under LoRA.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" fp32-gradients' -l 'fp32-gradients' -d 'Gradients in 32 bits.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" updates-per-matrix' -l 'updates-per-matrix' -d 'Update each matrix as its gradient arrives: one gradient at a time.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" batch' -l 'batch' -d 'Sequences in a microbatch on one GPU, or served at once; 1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" sequence' -l 'sequence' -d 'Tokens in a sequence; the model\'s context, or 4096.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" recompute' -l 'recompute' -d 'What is computed again in the backward pass; none by default.' -rfka 'none selective full'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" no-flash' -l 'no-flash' -d 'Attention writes its scores (no FlashAttention).'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" dropout' -l 'dropout' -d 'Dropout masks are kept.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" cached-tokens' -l 'cached-tokens' -d 'Tokens in a cache of keys and values; batch times sequence when serving.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" cache-bits' -l 'cache-bits' -d 'Bits of an element of the cache; 16 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" overhead' -l 'overhead' -d 'Memory for driver, libraries and fragmentation; 0.5 to 3 GB by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" gpus' -l 'gpus' -d 'GPUs in all; those of one copy by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" tensor' -l 'tensor' -d 'GPUs that share each matrix; 1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" sequence-parallel' -l 'sequence-parallel' -d 'Split what tensor parallelism leaves whole along the sequence.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" pipeline' -l 'pipeline' -d 'Stages of layers; 1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" interleave' -l 'interleave' -d 'Groups of layers on each stage; 1 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" zero' -l 'zero' -d 'What data-parallel GPUs share: 0 nothing, 1 optimizer states, 2 gradients too, 3 weights too; 0 by default.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" gpu' -l 'gpu' -d 'The GPU, such as a100-80gb or h100-80gb.' -rfka 'a100-40gb a100-80gb h100-80gb h800-80gb h200-141gb b200-180gb l40s-48gb rtx3090-24gb rtx4090-24gb mi300x-192gb tpu-v5e tpu-v5p'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" gpu-memory' -l 'gpu-memory' -d 'The memory of a GPU, if not that of --gpu: 80GB (1e9 bytes) or 80GiB.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" train-all' -l 'train-all' -d 'Only changes that train all weights by their gradients.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" explain' -l 'explain' -d 'Name the source of every default used.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" unit' -l 'unit' -d 'In what sizes are shown: GB (1e9 bytes) or GiB (2^30).' -rfka 'GB GiB'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws memory" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws stop" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" law' -l 'law' -d 'Instead of a fit: a law of the catalogue.' -rfka 'chinchilla chinchilla-tied kaplan power power-params power-data power-compute bnsl data-constrained overtraining downstream-error clark joint-moe farseer precision precision-split quantisation vocabulary steplaw-lr steplaw-batch critical-batch'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" constants' -l 'constants' -d 'Its published constants; the default is the first that \'fitlaws laws NAME\' lists.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop"' -l 'flops' -d 'Budgets in FLOP, separated by commas.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop"' -l 'at' -d 'Values of the law\'s other inputs, such as U=25B.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" nats-per-flop' -l 'nats-per-flop' -d 'The least that a FLOP must bring, in nats.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" nats-per-dollar' -l 'nats-per-dollar' -d 'The least that a dollar must bring, in nats.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" flops-per-dollar' -l 'flops-per-dollar' -d 'With --nats-per-dollar: what a dollar buys, peak FLOP/s x utilisation x 3600 / price of an hour.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" params' -l 'params' -d 'Parameters of a model that is trained on.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" tokens' -l 'tokens' -d 'With --params: tokens it has seen.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" explain' -l 'explain' -d 'Also say where published forms and constants come from.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws stop" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws sample" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample"' -l 'columns' -d 'Columns that are called otherwise: samples=n,correct=c,problem=id.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample"' -l 'samples' -d 'Numbers of samples at which to show coverage. The default is 1, 10, 100 and so on.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample"' -l 'target' -d 'Coverages to reach, such as 0.9.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" budget' -l 'budget' -d 'Samples to spread over the problems.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample"' -l 'params' -d 'With several tables: parameters of each model.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample"' -l 'tokens-per-sample' -d 'Tokens of a sample, one number or one per model.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample"' -l 'training-flops' -d 'FLOP that training each model still takes; the default is 0.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" queries' -l 'queries' -d 'Queries to be answered in all.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample"' -l 'flops' -d 'Budgets in FLOP, separated by commas.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" curve' -l 'curve' -d 'The curve to compare by: power or beta-binomial, the default.' -rfka 'power beta-binomial'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" level' -l 'level' -d 'Level of intervals.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" bootstrap' -l 'bootstrap' -d 'Resamples that intervals are taken from.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" seed' -l 'seed' -d 'Seed of the resamples.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" explain' -l 'explain' -d 'Also say where forms come from.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws sample" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plot" kind' -l 'kind' -d 'What to draw; by default fit.' -rfka 'fit isoflop frontier residuals profile pairs compare plan curves'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plot" only' -l 'only' -d 'Of fits by group, the group to draw.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plot" o output' -l 'output' -s 'o' -d 'Draw into this file, .svg, .png or .pdf. The default is the terminal, in characters.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plot" keep' -l 'keep' -d 'Keep script and data in this folder, to restyle: gnuplot NAME.gp there draws them.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plot" terminal' -l 'terminal' -d 'On the terminal: dumb (the default, characters) or sixel (pixels).' -rfka 'dumb sixel'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws plot" -ge 1' -fa '(set -l exts \'json\' \'csv\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plot" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws plot" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws report" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report" data' -l 'data' -d 'A copy of the table that was fitted, where it is not under its name.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report" title' -l 'title' -d 'Its heading; the default names law and data.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report"' -l 'flops' -d 'Budgets in FLOP, separated by commas.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report"' -l 'at' -d 'Values of the law\'s other inputs, such as U=25B.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report" format' -l 'format' -d 'The default is what the ending of --output says, else html.' -rfka 'html markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report" o output' -l 'output' -s 'o' -d 'Write to this file, .html or .md, all or nothing; the default is standard output.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report" keep' -l 'keep' -d 'Write the figures into this folder, with scripts and data to restyle them.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws report" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws laws" -eq 1' -fka 'chinchilla chinchilla-tied kaplan power power-params power-data power-compute bnsl data-constrained overtraining downstream-error clark joint-moe farseer precision precision-split quantisation vocabulary steplaw-lr steplaw-batch critical-batch'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws laws" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws laws" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws laws" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws laws" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'init' -d 'Make a store of runs.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'log' -d 'Log a run: JSON Lines on standard input.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'list' -d 'List the runs of a store.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'show' -d 'Everything a run says, and its metrics.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'table' -d 'A row a run with one number of each curve: what \'fit\' takes.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'label' -d 'Name, tag, annotate, exclude runs, or say how they ended.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'import' -d 'Import runs of MLflow, Weights & Biases, DVCLive, CSV or JSON Lines.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'export' -d 'Export runs as CSV, a data package or an MLflow file store.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'fits' -d 'List the saved fits of a store.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'verify' -d 'Fit a saved fit again, and compare answer and data.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs" -eq 1' -fa 'fsck' -d 'Read everything in a store and name what is wrong.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs init" -eq 1' -fa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs init" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs init" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" name' -l 'name' -d 'A name for people.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" params' -l 'params' -d 'Parameters of the model: 190M.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" tokens' -l 'tokens' -d 'Tokens that the run is to see, repetitions counted: 3.8B.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" unique-tokens' -l 'unique-tokens' -d 'Different tokens.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" flops' -l 'flops' -d 'Compute of the whole run in FLOP.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log"' -l 'config' -d 'Settings; they become columns config.NAME.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" config-file' -l 'config-file' -d 'Settings as a JSON object.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log"' -l 'tag' -d 'Tags.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" id' -l 'id' -d 'An identifier of your own; the default is a new one.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" resume' -l 'resume' -d 'Go on with this run.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" durability' -l 'durability' -d 'What a stored row survives: process (the default), power, power:100 (every 100 rows) or buffered.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" at-end' -l 'at-end' -d 'What the end of the input means: finished, failed or killed (the default).' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" acknowledge' -l 'acknowledge' -d 'Write the step of each row to standard output once it is stored.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs log" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs list" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs list"' -l 'where' -d 'Only these runs, such as \'params > 1e8 && status == "finished"\'.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs list" no-index' -l 'no-index' -d 'Read every run; the answer is the same, and slower.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs list"' -l 'columns' -d 'The columns, separated by commas.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs list" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs list" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs list" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs show" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs show" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs show" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs show" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table"' -l 'where' -d 'Only these runs, such as \'params > 1e8 && status == "finished"\'.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table" no-index' -l 'no-index' -d 'Read every run; the answer is the same, and slower.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table"' -l 'metric' -d 'The metrics. The default is loss.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table" reduce' -l 'reduce' -d 'last (the default), min, \'mean of last 20\' or \'at tokens 10B\'.' -rfka 'last min'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table"' -l 'columns' -d 'The columns before the metrics.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table" places' -l 'places' -d 'Also segment, line and step of each number.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs table" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label" name' -l 'name' -d 'A name in place of the one logged.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label"' -l 'tag' -d 'Tags; they become columns tags.NAME.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label"' -l 'untag' -d 'Tags to remove.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label" notes' -l 'notes' -d 'Notes; empty to remove them.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label" exclude' -l 'exclude' -d 'Leave the runs out of fits, and why.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label" include' -l 'include' -d 'Take the runs into fits again.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label" status' -l 'status' -d 'How the runs ended: finished, failed or killed.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs label" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs import" -ge 1' -F
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs import" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs import" from' -l 'from' -d 'What the sources are: mlflow, wandb-chart, wandb-table, dvclive, csv, jsonl.' -rfka 'mlflow wandb-chart wandb-table dvclive csv jsonl'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs import"' -l 'map' -d 'The column that holds params, tokens, unique_tokens or flops; of tables also run, name, status, step, time.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs import"' -l 'metrics' -d 'The columns of a table that are metrics.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs import" source' -l 'source' -d 'What identifies the source; the default is the name of the file.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs import" deleted' -l 'deleted' -d 'Also runs that were deleted there; they are excluded here.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs import" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_positional "fitlaws runs export" -eq 1' -F
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs export" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs export"' -l 'where' -d 'Only these runs, such as \'params > 1e8 && status == "finished"\'.' -rfka ''
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs export" no-index' -l 'no-index' -d 'Read every run; the answer is the same, and slower.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs export" to' -l 'to' -d 'The default is csv.' -rfka 'csv long package mlflow'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs export" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fits" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fits" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fits" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fits" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fits" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs verify" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs verify" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs verify" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs verify" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fsck" store' -l 'store' -d 'The store. The default is FITLAWS_STORE, or the store that this folder lies in.' -rfa '(__fitlaws_complete_directories)'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fsck" repair' -l 'repair' -d 'Repair what can be.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fsck" sums' -l 'sums' -d 'Also write SHA256SUMS, for \'sha256sum -c\' without this program.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fsck" format' -l 'format' -d 'The default is text, or what the ending of --output says.' -rfka 'text json csv markdown'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fsck" o output' -l 'output' -s 'o' -d 'Write the result to this file, all or nothing; a table is still shown.' -rF
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fsck" version' -l 'version' -d 'Show the version.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws runs fsck" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'fitlaws' -n '__fitlaws_should_offer_completions_for_flags_or_options "fitlaws help" version' -l 'version' -d 'Show the version.'
