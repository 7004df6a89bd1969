/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-window.h"

#include "stall-notifier.h"
#include "stall-sections.h"
#include "stall-serving-button.h"
#include "stall-sync-button.h"
#include "stall-waiting-page.h"

G_BEGIN_DECLS

struct _StallWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwToast *undo_toast; /* weak */
  GtkStack *stack;
  StallWaitingPage *waiting_page;
  AdwNavigationSplitView *split_view;
  AdwNavigationPage *sidebar_page;
  AdwNavigationPage *content_page;
  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  AdwBanner *sample_banner;
  AdwBanner *damage_banner;
  GtkListBox *sidebar;
  StallServingButton *serving_button;
  StallSyncButton *sync_button;
  StallSections *sections;

  GSettings *settings;
  char *own_folder;    /* where the person's stall is or will be */
  char *sample_folder; /* where the sample is or will be; the same when a folder was named */
  char *folder;        /* the stall of this window */
  char *restored;      /* what to say of a restored stall once it is open */
  StallDesk *desk;
  StallNotifier *notifier; /* not of the sample */
  GFile *wanted;           /* what the person came for, until a stall is open */
  gboolean hidden;         /* runs in the background */
  gboolean quitting;
  gboolean just_selected; /* by the click or key that may activate it next */
  guint haste_source;
  DexFuture *opening;      /* of the folder, begun before there was a window */
  StallProgress *progress; /* of the last opening */
};

/* What shows a stall, in stall-window.c. */
void stall_window_show_desk (StallWindow *self, StallDesk *desk);
void stall_window_update_actions (StallWindow *self);

/* What opens one, in stall-window-opening.c. */
void stall_window_reveal (StallWindow *self);
void stall_window_clear_instead (StallWindow *self);
void stall_window_leave_damaged (StallWindow *self);
void stall_window_leave_sample (StallWindow *self);
void stall_window_restore (StallWindow *self, const char *path);

G_END_DECLS
