#!/bin/bash
# Cuts the slice of Fashion-MNIST that NetDsl.Data embeds out of Debian's package dataset-fashion-mnist. Same input, same bytes.
set -eu
cd "$(dirname "$0")"
source=${1:-/usr/share/datasets/fashion-mnist}

# slice NAME HEADER BYTES: an IDX header with the new number of samples, and the first BYTES bytes behind the old header of the same length.
slice() {
    {
        printf "$2"
        zcat "$source/$1.gz" | tail -c +$(($(printf "$2" | wc -c) + 1)) | head -c "$3"
    } | gzip -9n > "$1.gz"
}

slice train-images-idx3-ubyte '\0\0\x08\x03\0\0\x1f\x40\0\0\0\x1c\0\0\0\x1c' $((8000 * 28 * 28))
slice train-labels-idx1-ubyte '\0\0\x08\x01\0\0\x1f\x40' 8000
slice t10k-images-idx3-ubyte '\0\0\x08\x03\0\0\x03\xe8\0\0\0\x1c\0\0\0\x1c' $((1000 * 28 * 28))
slice t10k-labels-idx1-ubyte '\0\0\x08\x01\0\0\x03\xe8' 1000
