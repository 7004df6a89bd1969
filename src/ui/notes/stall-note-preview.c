/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-preview.h"

#include "stall-async.h"
#include "stall-feed-card.h"
#include "stall-markdown-view.h"
#include "stall-note-figures.h"
#include "stall-note-words.h"
#include "stall-product-card.h"
#include "stall-query-model.h"
#include "stall-thumbnail.h"
#include "stall-weak.h"

/* Words that are being typed are shown this long after the last look, so that a fast typist pays
 * for few of them. */
#define UPDATE_DELAY 120 /* ms */
#define N_NEIGHBOURS 3

struct _StallNotePreview
{
  AdwBin parent_instance;

  StallDesk *desk;
  StallNote *note;
  StallMarkdown *markdown;
  char *body; /* what `markdown` was read from */
  gboolean reading;
  GStrv shown_links; /* products whose cards stand below the text */
  gint64 likes;
  guint update_source;
  gboolean outdated; /* changed while nobody looked */

  GtkStack *stack;
  StallFeedCard *card;
  StallFeedCard *first;
  StallFeedCard *second;
  StallFeedCard *third;
  StallThumbnail *cover;
  GtkLabel *title;
  GtkLabel *stall_name;
  StallMarkdownView *text;
  GtkLabel *topics;
  GtkBox *links;
};

typedef struct
{
  GWeakRef preview;
  StallStore *store;
  char *note_id;
} Request;

enum
{
  PROP_0,
  PROP_VIEW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallNotePreview, stall_note_preview, ADW_TYPE_BIN)

static const char *
get_view (StallNotePreview *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

static const char *
get_stall_name (StallNotePreview *self)
{
  const char *name = stall_profile_get_name (stall_desk_get_profile (self->desk));

  return name != NULL ? name : "";
}

/* --- the card and its neighbours --- */

static char *
dup_cover (StallNotePreview *self, StallCrop *crop, gboolean *has_crop)
{
  g_autofree char *name = stall_note_dup_cover (self->note);

  *has_crop = stall_note_get_crop (self->note, crop);
  return name != NULL ? stall_note_find_picture (self->note, name) : NULL;
}

static void
show_card (StallNotePreview *self)
{
  StallCrop crop;
  gboolean has_crop;
  g_autofree char *digest = dup_cover (self, &crop, &has_crop);

  stall_feed_card_set_cover (self->card, digest, has_crop ? &crop : NULL);
  stall_feed_card_set_words (self->card, stall_note_get_title (self->note), get_stall_name (self),
                             self->likes);
}

static void
show_neighbour (StallNotePreview *self, StallFeedCard *card, StallNoteRow *row)
{
  StallCrop crop;

  gtk_widget_set_visible (GTK_WIDGET (card), row != NULL);
  if (row == NULL)
    return;
  stall_feed_card_set_cover (card, stall_note_row_get_cover (row),
                             stall_note_row_get_crop (row, &crop) ? &crop : NULL);
  stall_feed_card_set_words (card, stall_note_row_get_title (row), get_stall_name (self),
                             stall_note_row_get_likes (row));
}

/* The newest notes that are out, without the one shown. */
static void
show_neighbours (StallNotePreview *self, GListModel *rows)
{
  StallFeedCard *const cards[N_NEIGHBOURS] = { self->first, self->second, self->third };
  guint n = 0;

  for (guint i = 0; n < N_NEIGHBOURS && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallNoteRow) row = g_list_model_get_item (rows, i);

      if (!g_str_equal (stall_note_row_get_id (row), stall_note_get_id (self->note)))
        show_neighbour (self, cards[n++], row);
    }
  while (n < N_NEIGHBOURS)
    show_neighbour (self, cards[n++], NULL);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_weak_ref_clear (&request->preview);
  g_object_unref (request->store);
  g_free (request->note_id);
  g_free (request);
}

static DexFuture *
neighbours_fiber (gpointer data)
{
  Request *request = data;
  StallQuery query = { .list = STALL_LIST_NOTES,
                       .note_states = 1u << STALL_NOTE_PUBLISHED,
                       .sort = STALL_SORT_PUBLISH_AT,
                       .descending = TRUE };
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (StallEchoSeries) echo = NULL;
  g_autoptr (StallNotePreview) self = NULL;

  /* A preview without neighbours or likes is still one: an error says nothing here. */
  rows = dex_await_object (stall_store_query_rows (request->store, &query, N_NEIGHBOURS + 1), NULL);
  echo = dex_await_boxed (stall_store_echo_series (request->store, request->note_id,
                                                   stall_time_now (), STALL_ECHO_MAX_DAYS),
                          NULL);
  self = g_weak_ref_get (&request->preview);
  if (self == NULL || self->note == NULL
      || !g_str_equal (stall_note_get_id (self->note), request->note_id))
    return dex_future_new_true ();
  self->likes = echo != NULL ? echo->totals[STALL_ECHO_LIKES] : 0;
  show_card (self);
  if (rows != NULL)
    show_neighbours (self, rows);
  return dex_future_new_true ();
}

static void
load_neighbours (StallNotePreview *self)
{
  Request *request = g_new0 (Request, 1);

  g_weak_ref_init (&request->preview, self);
  request->store = g_object_ref (stall_desk_get_store (self->desk));
  request->note_id = g_strdup (stall_note_get_id (self->note));
  stall_spawn (neighbours_fiber, request, request_free);
}

/* --- the whole note --- */

/* The market puts the cover on top; a text that begins with it would show it twice. */
static gboolean
begins_with (StallMarkdown *markdown, const char *picture)
{
  const StallMarkdownBlock *block = markdown != NULL && stall_markdown_get_n_blocks (markdown) > 0
                                        ? stall_markdown_get_block (markdown, 0)
                                        : NULL;

  return block != NULL && block->type == STALL_BLOCK_PICTURE
         && g_strcmp0 (block->target, picture) == 0;
}

static gboolean
has_card (StallMarkdown *markdown, const char *product_id)
{
  for (guint i = 0; markdown != NULL && i < stall_markdown_get_n_blocks (markdown); i++)
    {
      const StallMarkdownBlock *block = stall_markdown_get_block (markdown, i);

      if (block->type == STALL_BLOCK_PRODUCT && g_str_equal (block->target, product_id))
        return TRUE;
    }
  return FALSE;
}

static void
card_clicked_cb (StallNotePreview *self, StallProductCard *card)
{
  stall_desk_open (self->desk, stall_product_card_get_product (card));
}

static void
product_activated_cb (StallNotePreview *self, const char *product_id)
{
  stall_desk_open (self->desk, product_id);
}

/* Products that do not stand in the text as cards of their own. */
static void
show_links (StallNotePreview *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = stall_note_dup_links (self->note);
  g_auto (GStrv) links = NULL;
  GtkWidget *child;

  for (guint i = 0; all[i] != NULL; i++)
    if (!has_card (self->markdown, all[i]))
      g_strv_builder_add (builder, all[i]);
  links = g_strv_builder_end (builder);
  if (self->shown_links != NULL
      && g_strv_equal ((const char *const *) self->shown_links, (const char *const *) links))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->links))) != NULL)
    gtk_box_remove (self->links, child);
  for (guint i = 0; links[i] != NULL; i++)
    {
      GtkWidget *card = stall_product_card_new (stall_desk_get_store (self->desk), links[i]);

      g_signal_connect_object (card, "clicked", G_CALLBACK (card_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (self->links, card);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->links), links[0] != NULL);
  g_strfreev (self->shown_links);
  self->shown_links = g_steal_pointer (&links);
}

static void
show_topics (StallNotePreview *self)
{
  g_auto (GStrv) topics = stall_note_dup_topics (self->note);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; topics[i] != NULL; i++)
    g_string_append_printf (text, "%s#%s", i > 0 ? "  " : "", topics[i]);
  gtk_label_set_text (self->topics, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->topics), text->len > 0);
}

static void
show_note (StallNotePreview *self)
{
  g_autofree char *cover = stall_note_dup_cover (self->note);
  StallCrop crop;
  gboolean has_crop;
  g_autofree char *digest = dup_cover (self, &crop, &has_crop);

  gtk_widget_set_visible (GTK_WIDGET (self->cover),
                          digest != NULL && !begins_with (self->markdown, cover));
  stall_thumbnail_set_crop (self->cover, has_crop ? &crop : NULL);
  stall_thumbnail_set_digest (self->cover, digest);
  gtk_label_set_text (self->title, stall_note_words_title (stall_note_get_title (self->note)));
  gtk_label_set_text (self->stall_name, get_stall_name (self));
  stall_markdown_view_show (self->text, self->markdown, self->note);
  show_topics (self);
  show_links (self);
}

static gboolean
is_read (StallNotePreview *self)
{
  return self->body != NULL && g_str_equal (self->body, stall_note_get_body (self->note));
}

/* What is too long to be read is too long to be saved, and the editor says so. */
static DexFuture *
read_work (gpointer data)
{
  StallMarkdown *markdown = stall_markdown_parse (data, NULL);

  return dex_future_new_take_boxed (STALL_TYPE_MARKDOWN, markdown);
}

/* Reads the body in a thread, anew while it changes meanwhile, and shows it. */
static DexFuture *
read_fiber (gpointer data)
{
  g_autoptr (StallNotePreview) self = g_weak_ref_get (data);

  while (self != NULL && self->note != NULL && !is_read (self))
    {
      g_autofree char *body = g_strdup (stall_note_get_body (self->note));
      DexFuture *future = stall_run_in_thread (read_work, g_strdup (body), g_free);
      StallMarkdown *markdown;

      g_clear_object (&self);
      markdown = dex_await_boxed (future, NULL);
      self = g_weak_ref_get (data);
      if (self == NULL)
        {
          g_clear_pointer (&markdown, stall_markdown_unref);
          break;
        }
      g_clear_pointer (&self->markdown, stall_markdown_unref);
      self->markdown = markdown;
      g_set_str (&self->body, body);
    }
  if (self == NULL)
    return dex_future_new_true ();
  self->reading = FALSE;
  if (self->note != NULL)
    show_note (self);
  return dex_future_new_true ();
}

static void
read_note (StallNotePreview *self)
{
  if (is_read (self))
    {
      show_note (self);
      return;
    }
  if (self->reading)
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, stall_weak_new (self), stall_weak_free);
}

/* --- when --- */

static void
update (StallNotePreview *self)
{
  g_clear_handle_id (&self->update_source, g_source_remove);
  self->outdated = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->note == NULL || self->outdated)
    return;
  if (g_strcmp0 (get_view (self), "note") == 0)
    read_note (self);
  else
    show_card (self);
}

static void
update_cb (gpointer data)
{
  StallNotePreview *self = data;

  self->update_source = 0;
  update (self);
}

static void
note_changed_cb (StallNotePreview *self)
{
  if (self->update_source == 0)
    self->update_source = g_timeout_add_once (UPDATE_DELAY, update_cb, self);
}

static void
view_changed_cb (StallNotePreview *self)
{
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

static void
stall_note_preview_map (GtkWidget *widget)
{
  StallNotePreview *self = STALL_NOTE_PREVIEW (widget);

  GTK_WIDGET_CLASS (stall_note_preview_parent_class)->map (widget);
  if (self->outdated)
    update (self);
  if (self->note != NULL)
    load_neighbours (self);
}

static void
stall_note_preview_dispose (GObject *object)
{
  StallNotePreview *self = STALL_NOTE_PREVIEW (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->note != NULL)
    g_signal_handlers_disconnect_by_data (self->note, self);
  g_clear_object (&self->note);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_NOTE_PREVIEW);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_note_preview_parent_class)->dispose (object);
}

static void
stall_note_preview_finalize (GObject *object)
{
  StallNotePreview *self = STALL_NOTE_PREVIEW (object);

  g_clear_pointer (&self->markdown, stall_markdown_unref);
  g_free (self->body);
  g_strfreev (self->shown_links);

  G_OBJECT_CLASS (stall_note_preview_parent_class)->finalize (object);
}

static void
stall_note_preview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VIEW:
      g_value_set_string (value, get_view (STALL_NOTE_PREVIEW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_note_preview_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VIEW:
      gtk_stack_set_visible_child_name (STALL_NOTE_PREVIEW (object)->stack,
                                        g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-note-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, stack);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, card);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, first);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, second);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, third);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, cover);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, title);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, stall_name);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, text);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, topics);
  gtk_widget_class_bind_template_child (widget_class, StallNotePreview, links);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
}

static void
stall_note_preview_class_init (StallNotePreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_note_preview_dispose;
  object_class->finalize = stall_note_preview_finalize;
  object_class->get_property = stall_note_preview_get_property;
  object_class->set_property = stall_note_preview_set_property;
  widget_class->map = stall_note_preview_map;

  /**
   * StallNotePreview:view:
   *
   * "card" or "note".
   */
  properties[PROP_VIEW]
      = g_param_spec_string ("view", NULL, NULL, "card",
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STALL_TYPE_FEED_CARD);
  g_type_ensure (STALL_TYPE_MARKDOWN_VIEW);
  g_type_ensure (STALL_TYPE_THUMBNAIL);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "notepreview");
}

static void
stall_note_preview_init (StallNotePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (self->cover, "ratio", STALL_COVER_RATIO, NULL);
  g_signal_connect_object (self->text, "product-activated", G_CALLBACK (product_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * stall_note_preview_new:
 * @desk: what every page is handed
 *
 * Returns: (transfer floating): a preview of nothing yet
 */
GtkWidget *
stall_note_preview_new (StallDesk *desk)
{
  StallNotePreview *self;
  StallStore *store;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_NOTE_PREVIEW, NULL);
  store = stall_desk_get_store (desk);
  self->desk = g_object_ref (desk);
  stall_feed_card_set_store (self->card, store);
  stall_feed_card_set_store (self->first, store);
  stall_feed_card_set_store (self->second, store);
  stall_feed_card_set_store (self->third, store);
  stall_thumbnail_set_store (self->cover, store);
  stall_markdown_view_set_store (self->text, store);
  return GTK_WIDGET (self);
}

/**
 * stall_note_preview_show:
 * @self: a preview
 * @note: (nullable): what it shows and follows from now on
 */
void
stall_note_preview_show (StallNotePreview *self, StallNote *note)
{
  g_return_if_fail (STALL_IS_NOTE_PREVIEW (self));
  g_return_if_fail (note == NULL || STALL_IS_NOTE (note));

  if (self->note == note)
    {
      note_changed_cb (self);
      return;
    }
  if (self->note != NULL)
    g_signal_handlers_disconnect_by_data (self->note, self);
  g_set_object (&self->note, note);
  self->likes = 0;
  if (note == NULL)
    return;
  g_signal_connect_object (note, "notify", G_CALLBACK (note_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load_neighbours (self);
}
