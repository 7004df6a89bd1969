/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-movement.h"
#include "stall-order-event.h"

G_BEGIN_DECLS

/* A desk over a real store in a temporary folder, and what tests of widgets need to look and to
 * act. */
typedef struct
{
  char *folder;
  StallDesk *desk;
  AdwToast *toast; /* the last one said */
  char *opened;    /* what the desk was asked to open last */
} UiTest;

void ui_test_init (int *argc, char ***argv);
void ui_test_set_up (UiTest *self);
void ui_test_tear_down (UiTest *self);
void ui_test_put (UiTest *self, const char *label, StallDocument *document);
void ui_test_add_product (UiTest *self, StallProduct *product);
void ui_test_move (UiTest *self, const char *variant, int quantity);

/* Runs the main loop until @future is settled, and fails the test when it is rejected. Consumes
 * @future. */
gpointer ui_test_await (DexFuture *future);
void ui_test_await_boolean (DexFuture *future);

gboolean ui_test_tick (gpointer data);
#define ui_test_wait_until(condition)                            \
  G_STMT_START                                                   \
  {                                                              \
    gint64 end_ = g_get_monotonic_time () + 20 * G_USEC_PER_SEC; \
    guint tick_ = g_timeout_add (10, ui_test_tick, NULL);        \
    while (!(condition) && g_get_monotonic_time () < end_)       \
      g_main_context_iteration (NULL, TRUE);                     \
    g_source_remove (tick_);                                     \
    g_assert_true (condition);                                   \
  }                                                              \
  G_STMT_END

/* Only what is mapped is found: what a person could see. */
GtkWidget *ui_test_find_type (GtkWidget *root, GType type);
GtkWidget *ui_test_find_text (GtkWidget *root, const char *text);
GtkWidget *ui_test_find_button (GtkWidget *root, const char *label);
void ui_test_click (GtkWidget *button);
GtkWidget *ui_test_show (GtkWidget *child, int width, int height);
void ui_test_save_picture (GtkWidget *widget, const char *name);

G_END_DECLS
