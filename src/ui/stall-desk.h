/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-figures.h"
#include "stall-query-model.h"
#include "stall-store.h"
#include "stall-sync.h"
#include "stall-vote-server.h"

G_BEGIN_DECLS

/* What every page is handed: the store, the profile, the figures of the whole stall, and the ways
 * to say something to the person or to go somewhere. Owns no widgets. */

#define STALL_TYPE_DESK (stall_desk_get_type ())
G_DECLARE_FINAL_TYPE (StallDesk, stall_desk, STALL, DESK, GObject)

StallDesk *stall_desk_new (StallStore *store, StallProfile *profile, const StallFigures *figures);
StallStore *stall_desk_get_store (StallDesk *self);
StallVoteServer *stall_desk_get_vote_server (StallDesk *self);
StallSync *stall_desk_get_sync (StallDesk *self); /* property `sync` */
StallProfile *
stall_desk_get_profile (StallDesk *self); /* property `profile`, notified when it was edited */
const char *stall_desk_get_currency (StallDesk *self);
const char *stall_desk_get_device (StallDesk *self);
GSettings *stall_desk_get_settings (StallDesk *self);
/* property `figures`, notified; NULL until the first were read; new ones after every change and at
 * midnight */
const StallFigures *stall_desk_get_figures (StallDesk *self);
gboolean stall_desk_is_unreadable (StallDesk *self);
void stall_desk_refresh (StallDesk *self); /* reads the figures soon */

/* Applies @changes; then a toast with the change set's label and Undo, or the error. StallReceipt
 * boxed. */
DexFuture *stall_desk_apply (StallDesk *self, StallChangeSet *changes);
DexFuture *stall_desk_apply_and_say (StallDesk *self, StallChangeSet *changes, const char *words);
void stall_desk_undo (StallDesk *self, gint64 change_set); /* 0: the last */
void stall_desk_redo (StallDesk *self);
/* A toast with what was done, a change set’s @label, and Undo. */
void stall_desk_offer_undo (StallDesk *self, const char *label, gint64 change_set);
/* An error reaches the person as a toast. Cancellation and NULL are nothing. */
void stall_desk_report (StallDesk *self, const GError *error);
void stall_desk_say (StallDesk *self, const char *text);

/* The stall is not closed before @save has ended. Consumes @save. */
void stall_desk_hold (StallDesk *self, DexFuture *save);
DexFuture *stall_desk_close (StallDesk *self); /* boolean; when all that was held has ended */

/* Going somewhere; the window follows. */
void stall_desk_open (StallDesk *self, const char *document_id); /* product:… or order:… */
void stall_desk_show_list (StallDesk *self,
                           const StallQuery *query); /* Orders or Inventory with this query */

/* signals: toast (AdwToast *), open (const char *id), show-list (StallQuery *) */

G_END_DECLS
