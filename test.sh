#!/usr/bin/env bash
# Installs what the tests need on a Debian machine with the .NET 10 SDK, then builds everything and runs every test.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 SNAPSHOOTER_STRICT_MODE=true

# Real images for the data tests. Without root or network the tests that need them say so and are skipped, except in CI.
if [ ! -d /usr/share/datasets/fashion-mnist ] && command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq dataset-fashion-mnist > /dev/null || echo "dataset-fashion-mnist could not be installed"
fi

# A linker for the native program.
if ! command -v clang > /dev/null && ! command -v gcc > /dev/null && command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq gcc libc6-dev > /dev/null || echo "gcc could not be installed"
fi

dotnet build NetDsl.sln -c Release -v quiet -p:Analyze=true
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
dotnet test NetDsl.sln -c Release --no-build --logger "trx" --results-directory "$results" || status=$?

# The kernels once more as lesser processors run them: without AVX-512, with 128 bits, and without any vector instruction.
for instructions in AVX512 AVX2 HWIntrinsic; do
    echo "Kernels with DOTNET_Enable$instructions=0"
    env "DOTNET_Enable$instructions=0" dotnet test tests/NetDsl.Tests/NetDsl.Tests.csproj -c Release --no-build --filter "FullyQualifiedName~NetDsl.Tests.Kernels." \
        --logger "trx" --results-directory "$results" || status=$?
done

# One closing line over all projects.
count() { grep -rhoE "<Counters [^>]*" "$results" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }'; }
total=$(count total)
echo "$(count passed) passed, $(count failed) failed, $((total - $(count executed))) skipped"
if [ "$status" = 0 ] && [ "$(count passed)" = 0 ]; then status=1; fi
exit "$status"
