/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-poll-picture.h"

#include "stall-row.h"
#include "stall-thumbnail.h"

#define SIDE 56
#define GAP 2

struct _StallPollPicture
{
  GtkWidget parent_instance;

  GtkWidget *pictures[STALL_POLL_ROW_MAX_COVERS];
  int n_shown;
};

G_DEFINE_FINAL_TYPE (StallPollPicture, stall_poll_picture, GTK_TYPE_WIDGET)

static void
stall_poll_picture_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = SIDE;
}

/* One fills the square; two or three stand in two columns, the odd one alone in the first. */
static void
stall_poll_picture_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StallPollPicture *self = STALL_POLL_PICTURE (widget);
  int half_width = (width - GAP) / 2;
  int half_height = (height - GAP) / 2;
  int in_first = (self->n_shown + 1) / 2 - (self->n_shown == 3 ? 1 : 0);

  for (int i = 0; i < self->n_shown; i++)
    {
      gboolean first = i < in_first;
      int in_column = first ? in_first : self->n_shown - in_first;
      int place = first ? i : i - in_first;
      GtkAllocation area
          = { first ? 0 : half_width + GAP, place * (half_height + GAP),
              self->n_shown > 1 ? half_width : width, in_column > 1 ? half_height : height };

      gtk_widget_size_allocate (self->pictures[i], &area, -1);
    }
}

static void
stall_poll_picture_dispose (GObject *object)
{
  StallPollPicture *self = STALL_POLL_PICTURE (object);

  for (int i = 0; i < STALL_POLL_ROW_MAX_COVERS; i++)
    g_clear_pointer (&self->pictures[i], gtk_widget_unparent);

  G_OBJECT_CLASS (stall_poll_picture_parent_class)->dispose (object);
}

static void
stall_poll_picture_class_init (StallPollPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_poll_picture_dispose;
  widget_class->measure = stall_poll_picture_measure;
  widget_class->size_allocate = stall_poll_picture_size_allocate;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
stall_poll_picture_init (StallPollPicture *self)
{
  for (int i = 0; i < STALL_POLL_ROW_MAX_COVERS; i++)
    {
      self->pictures[i] = stall_thumbnail_new (NULL, SIDE);
      gtk_widget_set_parent (self->pictures[i], GTK_WIDGET (self));
    }
}

/**
 * stall_poll_picture_new:
 *
 * Returns: (transfer floating): a picture of nothing
 */
GtkWidget *
stall_poll_picture_new (void)
{
  return g_object_new (STALL_TYPE_POLL_PICTURE, NULL);
}

/**
 * stall_poll_picture_show:
 * @self: a picture
 * @store: the stall whose pictures are shown
 * @digests: (array zero-terminated=1): what to show; without any a placeholder
 */
void
stall_poll_picture_show (StallPollPicture *self, StallStore *store, const char *const *digests)
{
  int n_digests;

  g_return_if_fail (STALL_IS_POLL_PICTURE (self));

  n_digests = (int) g_strv_length ((GStrv) digests);
  self->n_shown = CLAMP (n_digests, 1, STALL_POLL_ROW_MAX_COVERS);
  for (int i = 0; i < STALL_POLL_ROW_MAX_COVERS; i++)
    {
      stall_thumbnail_set_store (STALL_THUMBNAIL (self->pictures[i]), store);
      stall_thumbnail_set_digest (STALL_THUMBNAIL (self->pictures[i]),
                                  i < n_digests ? digests[i] : NULL);
      g_object_set (self->pictures[i], "size", self->n_shown > 1 ? (SIDE - GAP) / 2 : SIDE, NULL);
      gtk_widget_set_child_visible (self->pictures[i], i < self->n_shown);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
