#!/bin/bash

__fitlaws_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__fitlaws_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__fitlaws_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__fitlaws_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_fitlaws() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __fitlaws_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    fit|predict|allocate|isoflop|compare|plan|memory|stop|sample|plot|report|laws|runs|help)
        # Offer subcommand argument completions
        "_fitlaws_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'fit predict allocate isoflop compare plan memory stop sample plot report laws runs help' -- "${cur}"))
        ;;
    esac
}

_fitlaws_fit() {
    repeating_flags=()
    non_repeating_flags=(--save --local --sensitivity --design --version -h --help)
    repeating_options=(--columns --where --include --bound --start --fix --flops --at)
    non_repeating_options=(--law --formula --group --weights --metric --reduce --store --loss --delta --residuals --search --evaluations --level --bootstrap --seed --cluster --tasks --interval --resample --draws --format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--law')
        __fitlaws_add_completions -W 'chinchilla'$'\n''chinchilla-tied'$'\n''kaplan'$'\n''power'$'\n''power-params'$'\n''power-data'$'\n''power-compute'$'\n''bnsl'$'\n''data-constrained'$'\n''overtraining'$'\n''downstream-error'$'\n''clark'$'\n''joint-moe'$'\n''farseer'$'\n''precision'$'\n''precision-split'$'\n''quantisation'$'\n''vocabulary'$'\n''steplaw-lr'$'\n''steplaw-batch'$'\n''critical-batch'
        return
        ;;
    '--formula')
        __fitlaws_add_completions -f
        return
        ;;
    '--group')
        return
        ;;
    '--columns')
        return
        ;;
    '--where')
        return
        ;;
    '--weights')
        return
        ;;
    '--metric')
        return
        ;;
    '--reduce')
        __fitlaws_add_completions -W 'last'$'\n''min'
        return
        ;;
    '--include')
        __fitlaws_add_completions -W 'excluded'$'\n''unfinished'
        return
        ;;
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--loss')
        __fitlaws_add_completions -W 'squares'$'\n''huber'$'\n''softL1'$'\n''cauchy'$'\n''absolute'
        return
        ;;
    '--delta')
        return
        ;;
    '--residuals')
        __fitlaws_add_completions -W 'log'$'\n''raw'$'\n''relative'
        return
        ;;
    '--bound')
        return
        ;;
    '--start')
        return
        ;;
    '--fix')
        return
        ;;
    '--search')
        __fitlaws_add_completions -W 'quick'$'\n''standard'$'\n''thorough'
        return
        ;;
    '--evaluations')
        return
        ;;
    '--level')
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--seed')
        return
        ;;
    '--cluster')
        return
        ;;
    '--tasks')
        return
        ;;
    '--interval')
        __fitlaws_add_completions -W 'covariance'$'\n''bootstrap'$'\n''bca'$'\n''profile'$'\n''all'
        return
        ;;
    '--resample')
        __fitlaws_add_completions -W 'rows'$'\n''wild'
        return
        ;;
    '--draws')
        __fitlaws_add_completions -f
        return
        ;;
    '--flops')
        return
        ;;
    '--at')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    esac
}

_fitlaws_predict() {
    repeating_flags=()
    non_repeating_flags=(--new-run --version -h --help)
    repeating_options=(--at --columns)
    non_repeating_options=(--law --constants --format --output -o)
    __fitlaws_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--law')
        __fitlaws_add_completions -W 'chinchilla'$'\n''chinchilla-tied'$'\n''kaplan'$'\n''power'$'\n''power-params'$'\n''power-data'$'\n''power-compute'$'\n''bnsl'$'\n''data-constrained'$'\n''overtraining'$'\n''downstream-error'$'\n''clark'$'\n''joint-moe'$'\n''farseer'$'\n''precision'$'\n''precision-split'$'\n''quantisation'$'\n''vocabulary'$'\n''steplaw-lr'$'\n''steplaw-batch'$'\n''critical-batch'
        return
        ;;
    '--constants')
        return
        ;;
    '--at')
        return
        ;;
    '--columns')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(json|csv)'
        return
        ;;
    esac
}

_fitlaws_allocate() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--flops --at)
    non_repeating_options=(--law --constants --target-loss --inference-tokens --format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--law')
        __fitlaws_add_completions -W 'chinchilla'$'\n''chinchilla-tied'$'\n''kaplan'$'\n''power'$'\n''power-params'$'\n''power-data'$'\n''power-compute'$'\n''bnsl'$'\n''data-constrained'$'\n''overtraining'$'\n''downstream-error'$'\n''clark'$'\n''joint-moe'$'\n''farseer'$'\n''precision'$'\n''precision-split'$'\n''quantisation'$'\n''vocabulary'$'\n''steplaw-lr'$'\n''steplaw-batch'$'\n''critical-batch'
        return
        ;;
    '--constants')
        return
        ;;
    '--flops')
        return
        ;;
    '--at')
        return
        ;;
    '--target-loss')
        return
        ;;
    '--inference-tokens')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(json)'
        return
        ;;
    esac
}

_fitlaws_isoflop() {
    repeating_flags=()
    non_repeating_flags=(--unweighted --version -h --help)
    repeating_options=(--flops --columns --where)
    non_repeating_options=(--axis --curve --tolerance --bins --noise --loss --delta --residuals --level --bootstrap --seed --table --format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--flops')
        return
        ;;
    '--columns')
        return
        ;;
    '--where')
        return
        ;;
    '--axis')
        __fitlaws_add_completions -W 'params'$'\n''tokens'
        return
        ;;
    '--curve')
        __fitlaws_add_completions -W 'parabola'$'\n''cubic'$'\n''akima'
        return
        ;;
    '--tolerance')
        return
        ;;
    '--bins')
        return
        ;;
    '--noise')
        return
        ;;
    '--loss')
        __fitlaws_add_completions -W 'squares'$'\n''huber'$'\n''softL1'$'\n''cauchy'$'\n''absolute'
        return
        ;;
    '--delta')
        return
        ;;
    '--residuals')
        __fitlaws_add_completions -W 'log'$'\n''raw'$'\n''relative'
        return
        ;;
    '--level')
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--seed')
        return
        ;;
    '--table')
        __fitlaws_add_completions -W 'approaches'$'\n''budgets'
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    esac
}

_fitlaws_compare() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--laws --formula --flops --at --columns --where)
    non_repeating_options=(--by --holdout --range --weights --loss --delta --residuals --level --bootstrap --seed --cluster --tasks --format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--laws')
        __fitlaws_add_completions -W 'chinchilla'$'\n''chinchilla-tied'$'\n''kaplan'$'\n''power'$'\n''power-params'$'\n''power-data'$'\n''power-compute'$'\n''bnsl'$'\n''data-constrained'$'\n''overtraining'$'\n''downstream-error'$'\n''clark'$'\n''joint-moe'$'\n''farseer'$'\n''precision'$'\n''precision-split'$'\n''quantisation'$'\n''vocabulary'$'\n''steplaw-lr'$'\n''steplaw-batch'$'\n''critical-batch'
        return
        ;;
    '--formula')
        __fitlaws_add_completions -f
        return
        ;;
    '--by')
        return
        ;;
    '--holdout')
        return
        ;;
    '--range')
        return
        ;;
    '--flops')
        return
        ;;
    '--at')
        return
        ;;
    '--columns')
        return
        ;;
    '--where')
        return
        ;;
    '--weights')
        return
        ;;
    '--loss')
        __fitlaws_add_completions -W 'squares'$'\n''huber'$'\n''softL1'$'\n''cauchy'$'\n''absolute'
        return
        ;;
    '--delta')
        return
        ;;
    '--residuals')
        __fitlaws_add_completions -W 'log'$'\n''raw'$'\n''relative'
        return
        ;;
    '--level')
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--seed')
        return
        ;;
    '--cluster')
        return
        ;;
    '--tasks')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    esac
}

_fitlaws_plan() {
    repeating_flags=()
    non_repeating_flags=(--fp32-gradients --updates-per-matrix --no-flash --dropout --sequence-parallel --explain --version -h --help)
    repeating_options=(--at --bits --gammas)
    non_repeating_options=(--law --constants --flops --days --dollars --kwh --unique-tokens --max-epochs --params --pools --gpu --gpu-memory --gpu-peak --gpu-price --gpu-watts --mfu --pue --inference-tokens --prompt-tokens --serving-gpu --serving-price --prompt-mfu --output-mfu --recipe --precision --rank --weight-bits --batch --sequence --recompute --cached-tokens --cache-bits --overhead --gpus --tensor --pipeline --interleave --zero --vocabulary --format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--law')
        __fitlaws_add_completions -W 'chinchilla'$'\n''chinchilla-tied'$'\n''kaplan'$'\n''power'$'\n''power-params'$'\n''power-data'$'\n''power-compute'$'\n''bnsl'$'\n''data-constrained'$'\n''overtraining'$'\n''downstream-error'$'\n''clark'$'\n''joint-moe'$'\n''farseer'$'\n''precision'$'\n''precision-split'$'\n''quantisation'$'\n''vocabulary'$'\n''steplaw-lr'$'\n''steplaw-batch'$'\n''critical-batch'
        return
        ;;
    '--constants')
        return
        ;;
    '--flops')
        return
        ;;
    '--days')
        return
        ;;
    '--dollars')
        return
        ;;
    '--kwh')
        return
        ;;
    '--unique-tokens')
        return
        ;;
    '--max-epochs')
        return
        ;;
    '--params')
        return
        ;;
    '--at')
        return
        ;;
    '--pools')
        __fitlaws_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    '--bits')
        return
        ;;
    '--gammas')
        return
        ;;
    '--gpu')
        __fitlaws_add_completions -W 'a100-40gb'$'\n''a100-80gb'$'\n''h100-80gb'$'\n''h800-80gb'$'\n''h200-141gb'$'\n''b200-180gb'$'\n''l40s-48gb'$'\n''rtx3090-24gb'$'\n''rtx4090-24gb'$'\n''mi300x-192gb'$'\n''tpu-v5e'$'\n''tpu-v5p'
        return
        ;;
    '--gpu-memory')
        return
        ;;
    '--gpu-peak')
        return
        ;;
    '--gpu-price')
        return
        ;;
    '--gpu-watts')
        return
        ;;
    '--mfu')
        return
        ;;
    '--pue')
        return
        ;;
    '--inference-tokens')
        return
        ;;
    '--prompt-tokens')
        return
        ;;
    '--serving-gpu')
        __fitlaws_add_completions -W 'a100-40gb'$'\n''a100-80gb'$'\n''h100-80gb'$'\n''h800-80gb'$'\n''h200-141gb'$'\n''b200-180gb'$'\n''l40s-48gb'$'\n''rtx3090-24gb'$'\n''rtx4090-24gb'$'\n''mi300x-192gb'$'\n''tpu-v5e'$'\n''tpu-v5p'
        return
        ;;
    '--serving-price')
        return
        ;;
    '--prompt-mfu')
        return
        ;;
    '--output-mfu')
        return
        ;;
    '--recipe')
        __fitlaws_add_completions -W 'adamw'$'\n''adam8bit'$'\n''sgd'$'\n''momentum'$'\n''lion'$'\n''adafactor'$'\n''muon'$'\n''lomo'$'\n''galore'$'\n''galore8bit'$'\n''lora'$'\n''qlora'$'\n''mezo'$'\n''serve'
        return
        ;;
    '--precision')
        __fitlaws_add_completions -W 'mixed'$'\n''bf16'$'\n''fp32'
        return
        ;;
    '--rank')
        return
        ;;
    '--weight-bits')
        return
        ;;
    '--batch')
        return
        ;;
    '--sequence')
        return
        ;;
    '--recompute')
        __fitlaws_add_completions -W 'none'$'\n''selective'$'\n''full'
        return
        ;;
    '--cached-tokens')
        return
        ;;
    '--cache-bits')
        return
        ;;
    '--overhead')
        return
        ;;
    '--gpus')
        return
        ;;
    '--tensor')
        return
        ;;
    '--pipeline')
        return
        ;;
    '--interleave')
        return
        ;;
    '--zero')
        return
        ;;
    '--vocabulary')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(json)'
        return
        ;;
    esac
}

_fitlaws_memory() {
    repeating_flags=()
    non_repeating_flags=(--ungated --tied --fp32-gradients --updates-per-matrix --no-flash --dropout --sequence-parallel --train-all --explain --version -h --help)
    repeating_options=()
    non_repeating_options=(--model --params --layers --width --heads --kv-heads --ffn-width --vocabulary --experts --active-experts --recipe --precision --rank --weight-bits --batch --sequence --recompute --cached-tokens --cache-bits --overhead --gpus --tensor --pipeline --interleave --zero --gpu --gpu-memory --unit --format --output -o)
    __fitlaws_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--model')
        __fitlaws_add_completions -W 'gpt2'$'\n''gpt2-xl'$'\n''gpt3-175b'$'\n''pythia-6.9b'$'\n''megatron-22b'$'\n''megatron-175b'$'\n''megatron-530b'$'\n''megatron-1t'$'\n''llama-7b'$'\n''llama-13b'$'\n''llama-65b'$'\n''llama2-7b'$'\n''llama2-13b'$'\n''llama2-70b'$'\n''llama3-1b'$'\n''llama3-3b'$'\n''llama3-8b'$'\n''llama3-70b'$'\n''llama3-405b'$'\n''mistral-7b'$'\n''mixtral-8x7b'$'\n''qwen2.5-7b'$'\n''deepseek-v2'$'\n''deepseek-v3'
        return
        ;;
    '--params')
        return
        ;;
    '--layers')
        return
        ;;
    '--width')
        return
        ;;
    '--heads')
        return
        ;;
    '--kv-heads')
        return
        ;;
    '--ffn-width')
        return
        ;;
    '--vocabulary')
        return
        ;;
    '--experts')
        return
        ;;
    '--active-experts')
        return
        ;;
    '--recipe')
        __fitlaws_add_completions -W 'adamw'$'\n''adam8bit'$'\n''sgd'$'\n''momentum'$'\n''lion'$'\n''adafactor'$'\n''muon'$'\n''lomo'$'\n''galore'$'\n''galore8bit'$'\n''lora'$'\n''qlora'$'\n''mezo'$'\n''serve'
        return
        ;;
    '--precision')
        __fitlaws_add_completions -W 'mixed'$'\n''bf16'$'\n''fp32'
        return
        ;;
    '--rank')
        return
        ;;
    '--weight-bits')
        return
        ;;
    '--batch')
        return
        ;;
    '--sequence')
        return
        ;;
    '--recompute')
        __fitlaws_add_completions -W 'none'$'\n''selective'$'\n''full'
        return
        ;;
    '--cached-tokens')
        return
        ;;
    '--cache-bits')
        return
        ;;
    '--overhead')
        return
        ;;
    '--gpus')
        return
        ;;
    '--tensor')
        return
        ;;
    '--pipeline')
        return
        ;;
    '--interleave')
        return
        ;;
    '--zero')
        return
        ;;
    '--gpu')
        __fitlaws_add_completions -W 'a100-40gb'$'\n''a100-80gb'$'\n''h100-80gb'$'\n''h800-80gb'$'\n''h200-141gb'$'\n''b200-180gb'$'\n''l40s-48gb'$'\n''rtx3090-24gb'$'\n''rtx4090-24gb'$'\n''mi300x-192gb'$'\n''tpu-v5e'$'\n''tpu-v5p'
        return
        ;;
    '--gpu-memory')
        return
        ;;
    '--unit')
        __fitlaws_add_completions -W 'GB'$'\n''GiB'
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_stop() {
    repeating_flags=()
    non_repeating_flags=(--explain --version -h --help)
    repeating_options=(--flops --at)
    non_repeating_options=(--law --constants --nats-per-flop --nats-per-dollar --flops-per-dollar --params --tokens --format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--law')
        __fitlaws_add_completions -W 'chinchilla'$'\n''chinchilla-tied'$'\n''kaplan'$'\n''power'$'\n''power-params'$'\n''power-data'$'\n''power-compute'$'\n''bnsl'$'\n''data-constrained'$'\n''overtraining'$'\n''downstream-error'$'\n''clark'$'\n''joint-moe'$'\n''farseer'$'\n''precision'$'\n''precision-split'$'\n''quantisation'$'\n''vocabulary'$'\n''steplaw-lr'$'\n''steplaw-batch'$'\n''critical-batch'
        return
        ;;
    '--constants')
        return
        ;;
    '--flops')
        return
        ;;
    '--at')
        return
        ;;
    '--nats-per-flop')
        return
        ;;
    '--nats-per-dollar')
        return
        ;;
    '--flops-per-dollar')
        return
        ;;
    '--params')
        return
        ;;
    '--tokens')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(json)'
        return
        ;;
    esac
}

_fitlaws_sample() {
    repeating_flags=()
    non_repeating_flags=(--explain --version -h --help)
    repeating_options=(--columns --samples --target --params --tokens-per-sample --training-flops --flops)
    non_repeating_options=(--budget --queries --curve --level --bootstrap --seed --format --output -o)
    __fitlaws_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--columns')
        return
        ;;
    '--samples')
        return
        ;;
    '--target')
        return
        ;;
    '--budget')
        return
        ;;
    '--params')
        return
        ;;
    '--tokens-per-sample')
        return
        ;;
    '--training-flops')
        return
        ;;
    '--queries')
        return
        ;;
    '--flops')
        return
        ;;
    '--curve')
        __fitlaws_add_completions -W 'power'$'\n''beta-binomial'
        return
        ;;
    '--level')
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--seed')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    esac
}

_fitlaws_plot() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--kind --only --output -o --keep --terminal)
    __fitlaws_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--kind')
        __fitlaws_add_completions -W 'fit'$'\n''isoflop'$'\n''frontier'$'\n''residuals'$'\n''profile'$'\n''pairs'$'\n''compare'$'\n''plan'$'\n''curves'
        return
        ;;
    '--only')
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    '--keep')
        __fitlaws_add_completions -d
        return
        ;;
    '--terminal')
        __fitlaws_add_completions -W 'dumb'$'\n''sixel'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(json|csv)'
        return
        ;;
    esac
}

_fitlaws_report() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--flops --at)
    non_repeating_options=(--data --title --format --output -o --keep)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--data')
        __fitlaws_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    '--title')
        return
        ;;
    '--flops')
        return
        ;;
    '--at')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'html'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '--keep')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -o plusdirs -fX '!*.@(json)'
        return
        ;;
    esac
}

_fitlaws_laws() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -W 'chinchilla'$'\n''chinchilla-tied'$'\n''kaplan'$'\n''power'$'\n''power-params'$'\n''power-data'$'\n''power-compute'$'\n''bnsl'$'\n''data-constrained'$'\n''overtraining'$'\n''downstream-error'$'\n''clark'$'\n''joint-moe'$'\n''farseer'$'\n''precision'$'\n''precision-split'$'\n''quantisation'$'\n''vocabulary'$'\n''steplaw-lr'$'\n''steplaw-batch'$'\n''critical-batch'
        return
        ;;
    esac
}

_fitlaws_runs() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fitlaws_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    init|log|list|show|table|label|import|export|fits|verify|fsck)
        # Offer subcommand argument completions
        "_fitlaws_runs_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'init log list show table label import export fits verify fsck' -- "${cur}"))
        ;;
    esac
}

_fitlaws_runs_init() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __fitlaws_offer_flags_options 1

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -d
        return
        ;;
    esac
}

_fitlaws_runs_log() {
    repeating_flags=()
    non_repeating_flags=(--acknowledge --version -h --help)
    repeating_options=(--config --tag)
    non_repeating_options=(--store --name --params --tokens --unique-tokens --flops --config-file --id --resume --durability --at-end)
    __fitlaws_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--name')
        return
        ;;
    '--params')
        return
        ;;
    '--tokens')
        return
        ;;
    '--unique-tokens')
        return
        ;;
    '--flops')
        return
        ;;
    '--config')
        return
        ;;
    '--config-file')
        __fitlaws_add_completions -o plusdirs -fX '!*.@(json)'
        return
        ;;
    '--tag')
        return
        ;;
    '--id')
        return
        ;;
    '--resume')
        return
        ;;
    '--durability')
        return
        ;;
    '--at-end')
        return
        ;;
    esac
}

_fitlaws_runs_list() {
    repeating_flags=()
    non_repeating_flags=(--no-index --version -h --help)
    repeating_options=(--where --columns)
    non_repeating_options=(--store --format --output -o)
    __fitlaws_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--where')
        return
        ;;
    '--columns')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_runs_show() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store --format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_runs_table() {
    repeating_flags=()
    non_repeating_flags=(--no-index --places --version -h --help)
    repeating_options=(--where --metric --columns)
    non_repeating_options=(--store --reduce --format --output -o)
    __fitlaws_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--where')
        return
        ;;
    '--metric')
        return
        ;;
    '--reduce')
        __fitlaws_add_completions -W 'last'$'\n''min'
        return
        ;;
    '--columns')
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_runs_label() {
    repeating_flags=()
    non_repeating_flags=(--include --version -h --help)
    repeating_options=(--tag --untag)
    non_repeating_options=(--store --name --notes --exclude --status)
    __fitlaws_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--name')
        return
        ;;
    '--tag')
        return
        ;;
    '--untag')
        return
        ;;
    '--notes')
        return
        ;;
    '--exclude')
        return
        ;;
    '--status')
        return
        ;;
    esac
}

_fitlaws_runs_import() {
    repeating_flags=()
    non_repeating_flags=(--deleted --version -h --help)
    repeating_options=(--map --metrics)
    non_repeating_options=(--store --from --source)
    __fitlaws_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--from')
        __fitlaws_add_completions -W 'mlflow'$'\n''wandb-chart'$'\n''wandb-table'$'\n''dvclive'$'\n''csv'$'\n''jsonl'
        return
        ;;
    '--map')
        return
        ;;
    '--metrics')
        return
        ;;
    '--source')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_runs_export() {
    repeating_flags=()
    non_repeating_flags=(--no-index --version -h --help)
    repeating_options=(--where)
    non_repeating_options=(--store --to)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--where')
        return
        ;;
    '--to')
        __fitlaws_add_completions -W 'csv'$'\n''long'$'\n''package'$'\n''mlflow'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_runs_fits() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store --format --output -o)
    __fitlaws_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_runs_verify() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--store --format --output -o)
    __fitlaws_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_runs_fsck() {
    repeating_flags=()
    non_repeating_flags=(--repair --sums --version -h --help)
    repeating_options=()
    non_repeating_options=(--store --format --output -o)
    __fitlaws_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--store')
        __fitlaws_add_completions -d
        return
        ;;
    '--format')
        __fitlaws_add_completions -W 'text'$'\n''json'$'\n''csv'$'\n''markdown'
        return
        ;;
    '--output'|'-o')
        __fitlaws_add_completions -f
        return
        ;;
    esac
}

_fitlaws_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __fitlaws_offer_flags_options -1
}

complete -o filenames -F _fitlaws fitlaws
