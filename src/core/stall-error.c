/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-error.h"

G_DEFINE_QUARK (stall_error_quark, stall_error)
