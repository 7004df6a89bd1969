/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* What every target defines, under the name that libFuzzer calls. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
