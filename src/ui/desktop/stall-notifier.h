/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* Tells the person through the desktop what happened while they looked elsewhere: an order came,
 * orders are to be shipped by tomorrow, a poll closed, the platform refused something. Each kind
 * has a switch in the preferences, one notification at a time, and leads to what it speaks of. */
#define STALL_TYPE_NOTIFIER (stall_notifier_get_type ())
G_DECLARE_FINAL_TYPE (StallNotifier, stall_notifier, STALL, NOTIFIER, GObject)

StallNotifier *stall_notifier_new (StallDesk *desk);

G_END_DECLS
