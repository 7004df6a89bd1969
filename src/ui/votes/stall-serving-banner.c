/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-serving-banner.h"

#include "stall-poll-words.h"

#include <glib/gi18n-lib.h>

struct _StallServingBanner
{
  AdwBin parent_instance;

  StallVoteServer *server;
  char *poll_id; /* NULL: whichever poll is shown */
  AdwBanner *banner;
};

G_DEFINE_FINAL_TYPE (StallServingBanner, stall_serving_banner, ADW_TYPE_BIN)

static void
show_state (StallServingBanner *self)
{
  const char *served = stall_vote_server_get_poll_id (self->server);
  const char *question = stall_poll_words_question (stall_vote_server_get_question (self->server));
  g_autofree char *text = NULL;

  adw_banner_set_revealed (self->banner,
                           served != NULL
                               && (self->poll_id == NULL || g_str_equal (served, self->poll_id)));
  if (served == NULL)
    return;
  text = self->poll_id != NULL
             ? g_strdup (_ ("Phones can open the vote page of this poll"))
             : g_strdup_printf (_ ("Phones can open the vote page of “%s”"), question);
  adw_banner_set_title (self->banner, text);
}

static void
turn_off_cb (StallServingBanner *self)
{
  stall_vote_server_stop (self->server);
}

static void
stall_serving_banner_dispose (GObject *object)
{
  StallServingBanner *self = STALL_SERVING_BANNER (object);

  g_clear_object (&self->server);

  G_OBJECT_CLASS (stall_serving_banner_parent_class)->dispose (object);
}

static void
stall_serving_banner_finalize (GObject *object)
{
  g_free (STALL_SERVING_BANNER (object)->poll_id);

  G_OBJECT_CLASS (stall_serving_banner_parent_class)->finalize (object);
}

static void
stall_serving_banner_class_init (StallServingBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_serving_banner_dispose;
  G_OBJECT_CLASS (klass)->finalize = stall_serving_banner_finalize;
}

static void
stall_serving_banner_init (StallServingBanner *self)
{
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_button_label (self->banner, _ ("_Turn Off"));
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (turn_off_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
}

/**
 * stall_serving_banner_set_poll:
 * @self: a banner that was not set yet
 * @desk: the desk
 * @poll_id: (nullable): the poll that the page is about; %NULL: whichever is shown
 *
 * Shows from now on whether the vote page is on.
 */
void
stall_serving_banner_set_poll (StallServingBanner *self, StallDesk *desk, const char *poll_id)
{
  g_return_if_fail (STALL_IS_SERVING_BANNER (self) && self->server == NULL);
  g_return_if_fail (STALL_IS_DESK (desk));

  self->server = g_object_ref (stall_desk_get_vote_server (desk));
  self->poll_id = g_strdup (poll_id);
  g_signal_connect_object (self->server, "notify::running", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}
