/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-markdown-view.h"

#include "stall-column-layout.h"
#include "stall-product-card.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A widget each: a note longer than this is read elsewhere. */
#define MAX_SHOWN 2000
#define MAX_TEXT 20000 /* bytes of one block: to lay out more would hold the typist up */
/* Widgets stand in sections, so that one that changes lays out and draws its section anew and not
 * the whole note. */
#define SECTION 40
#define STEP 40 /* widgets made at a time; the rest follows when nothing else is to be done */
#define INDENT 24

struct _StallMarkdownView
{
  GtkWidget parent_instance;

  StallStore *store;
  StallMarkdown *markdown;
  StallNote *note;
  GPtrArray *blocks; /* GtkWidget, one a shown block; each in a section, a GtkBox */
  GtkWidget *rest;   /* says that there is more */
  guint more_source;
};

enum
{
  PRODUCT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallMarkdownView, stall_markdown_view, GTK_TYPE_WIDGET)

/* --- one block --- */

static gboolean
equal_runs (const StallMarkdownBlock *a, const StallMarkdownBlock *b)
{
  guint n = a->runs != NULL ? a->runs->len : 0;

  if (n != (b->runs != NULL ? b->runs->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const StallMarkdownRun *one = &g_array_index (a->runs, StallMarkdownRun, i);
      const StallMarkdownRun *other = &g_array_index (b->runs, StallMarkdownRun, i);

      if (one->start != other->start || one->end != other->end || one->style != other->style
          || g_strcmp0 (one->target, other->target) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
equal_blocks (const StallMarkdownBlock *a, const StallMarkdownBlock *b)
{
  return a->type == b->type && a->level == b->level && a->quote == b->quote
         && a->indent == b->indent && g_strcmp0 (a->marker, b->marker) == 0
         && g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->target, b->target) == 0
         && equal_runs (a, b);
}

static void
append_run (GString *markup, const char *text, const StallMarkdownRun *run)
{
  g_autofree char *plain = g_markup_escape_text (text + run->start, run->end - run->start);
  gboolean linked = (run->style & (STALL_RUN_LINK | STALL_RUN_PRODUCT)) && run->target != NULL;

  if (linked)
    {
      g_autofree char *target = g_markup_escape_text (run->target, -1);

      g_string_append_printf (markup, "<a href=\"%s\">", target);
    }
  if (run->style & STALL_RUN_BOLD)
    g_string_append (markup, "<b>");
  if (run->style & STALL_RUN_ITALIC)
    g_string_append (markup, "<i>");
  if (run->style & STALL_RUN_CODE)
    g_string_append (markup, "<tt>");
  g_string_append (markup, plain);
  if (run->style & STALL_RUN_CODE)
    g_string_append (markup, "</tt>");
  if (run->style & STALL_RUN_ITALIC)
    g_string_append (markup, "</i>");
  if (run->style & STALL_RUN_BOLD)
    g_string_append (markup, "</b>");
  if (linked)
    g_string_append (markup, "</a>");
}

static void
append_plain (GString *markup, const char *text, gsize from, gsize to)
{
  g_autofree char *plain
      = to > from ? g_markup_escape_text (text + from, (gssize) (to - from)) : NULL;

  if (plain != NULL)
    g_string_append (markup, plain);
}

static char *
make_markup (const StallMarkdownBlock *block)
{
  GString *markup = g_string_new (NULL);
  gsize length = strlen (block->text), end = length, at = 0;

  if (end > MAX_TEXT)
    end = (gsize) (g_utf8_find_prev_char (block->text, block->text + MAX_TEXT) - block->text);
  for (guint i = 0; block->runs != NULL && i < block->runs->len; i++)
    {
      const StallMarkdownRun *run = &g_array_index (block->runs, StallMarkdownRun, i);

      if (run->end > end)
        break;
      append_plain (markup, block->text, at, run->start);
      append_run (markup, block->text, run);
      at = run->end;
    }
  append_plain (markup, block->text, at, end);
  if (end < length)
    g_string_append (markup, "…");
  return g_string_free (markup, FALSE);
}

static gboolean
activate_link_cb (StallMarkdownView *self, const char *target)
{
  if (!g_str_has_prefix (target, "product:"))
    return FALSE;
  g_signal_emit (self, signals[PRODUCT_ACTIVATED], 0, target);
  return TRUE;
}

static void
card_clicked_cb (StallMarkdownView *self, StallProductCard *card)
{
  g_signal_emit (self, signals[PRODUCT_ACTIVATED], 0, stall_product_card_get_product (card));
}

static GtkWidget *
new_text (StallMarkdownView *self, const StallMarkdownBlock *block)
{
  static const char *const headings[] = { "title-2", "title-3", "title-4" };
  g_autofree char *markup = make_markup (block);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, "label", markup,
                                   "use-markup", TRUE, NULL);

  if (block->type == STALL_BLOCK_HEADING)
    gtk_widget_add_css_class (label,
                              headings[MIN (block->level - 1, (int) G_N_ELEMENTS (headings) - 1)]);
  else
    gtk_widget_add_css_class (label, "note-text");
  if (block->type == STALL_BLOCK_CODE)
    gtk_widget_add_css_class (label, "monospace");
  g_signal_connect_object (label, "activate-link", G_CALLBACK (activate_link_cb), self,
                           G_CONNECT_SWAPPED);
  return label;
}

static GtkWidget *
new_picture (StallMarkdownView *self, const StallMarkdownBlock *block)
{
  GtkWidget *picture = stall_thumbnail_new (self->store, 0);

  g_object_set (picture, "ratio", 0.0, "hexpand", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *block->text != '\0' ? block->text : _ ("Picture"), -1);
  return picture;
}

static GtkWidget *
new_product (StallMarkdownView *self, const StallMarkdownBlock *block)
{
  GtkWidget *card = stall_product_card_new (self->store, block->target);

  g_signal_connect_object (card, "clicked", G_CALLBACK (card_clicked_cb), self, G_CONNECT_SWAPPED);
  return card;
}

static GtkWidget *
new_content (StallMarkdownView *self, const StallMarkdownBlock *block)
{
  switch (block->type)
    {
    case STALL_BLOCK_PICTURE:
      return new_picture (self, block);
    case STALL_BLOCK_PRODUCT:
      return new_product (self, block);
    case STALL_BLOCK_RULE:
      return gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
    case STALL_BLOCK_PARAGRAPH:
    case STALL_BLOCK_HEADING:
    case STALL_BLOCK_CODE:
    default:
      return new_text (self, block);
    }
}

/* The content, with the marker of a list item before it and the line of a quote. */
static GtkWidget *
new_block (StallMarkdownView *self, const StallMarkdownBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *content = new_content (self, block);

  if (block->indent > 0)
    {
      GtkWidget *marker = gtk_label_new (block->marker);

      gtk_widget_set_valign (marker, GTK_ALIGN_START);
      gtk_widget_set_size_request (marker, INDENT, -1);
      gtk_widget_set_margin_start (marker, (block->indent - 1) * INDENT);
      gtk_widget_add_css_class (marker, "note-text");
      gtk_widget_add_css_class (marker, "numeric");
      gtk_box_append (GTK_BOX (box), marker);
    }
  if (block->quote > 0)
    {
      gtk_widget_add_css_class (box, "note-quote");
      gtk_widget_set_margin_start (box, (block->quote - 1) * INDENT);
    }
  gtk_box_append (GTK_BOX (box), content);
  return box;
}

/* --- all of them --- */

static guint
count_shown (StallMarkdown *markdown)
{
  return markdown != NULL ? MIN (stall_markdown_get_n_blocks (markdown), MAX_SHOWN) : 0;
}

static gboolean
same_block (StallMarkdown *a, guint at_a, StallMarkdown *b, guint at_b)
{
  return equal_blocks (stall_markdown_get_block (a, at_a), stall_markdown_get_block (b, at_b));
}

static GtkWidget *
add_section (StallMarkdownView *self, GtkWidget *after)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_layout_manager (section, stall_column_layout_new ());
  gtk_widget_insert_after (section, GTK_WIDGET (self), after);
  return section;
}

static guint
count_children (GtkWidget *section)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (section); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

/* What follows @last in its section goes into one of its own. */
static void
split_section (StallMarkdownView *self, GtkWidget *last)
{
  GtkWidget *section = gtk_widget_get_parent (last);
  GtkWidget *other = add_section (self, section);
  GtkWidget *child;

  while ((child = gtk_widget_get_last_child (section)) != last)
    {
      g_object_ref (child);
      gtk_box_remove (GTK_BOX (section), child);
      gtk_box_prepend (GTK_BOX (other), child);
      g_object_unref (child);
    }
}

static void
insert_block (StallMarkdownView *self, guint at, GtkWidget *block)
{
  GtkWidget *before = at > 0 ? g_ptr_array_index (self->blocks, at - 1) : NULL;
  GtkWidget *section = before != NULL ? gtk_widget_get_parent (before)
                       : self->blocks->len > 0
                           ? gtk_widget_get_parent (g_ptr_array_index (self->blocks, 0))
                           : add_section (self, NULL);

  g_ptr_array_insert (self->blocks, (int) at, block);
  if (count_children (section) >= SECTION && before != NULL)
    {
      if (gtk_widget_get_next_sibling (before) != NULL)
        split_section (self, before);
      if (count_children (section) >= SECTION)
        {
          section = add_section (self, section);
          before = NULL;
        }
    }
  gtk_box_insert_child_after (GTK_BOX (section), block, before);
}

static void
remove_block (GtkWidget *block)
{
  GtkWidget *section = gtk_widget_get_parent (block);

  gtk_box_remove (GTK_BOX (section), block);
  if (gtk_widget_get_first_child (section) == NULL)
    gtk_widget_unparent (section);
}

/* Makes widgets for what differs between what is shown and the first @n_new blocks of @markdown,
 * and only for that. */
static void
replace_blocks (StallMarkdownView *self, StallMarkdown *markdown, guint n_new)
{
  guint n_old = self->blocks->len;
  guint n_common = MIN (n_old, n_new);
  guint n_before = 0, n_after = 0;

  while (n_before < n_common && same_block (self->markdown, n_before, markdown, n_before))
    n_before++;
  while (n_after < n_common - n_before
         && same_block (self->markdown, n_old - 1 - n_after, markdown, n_new - 1 - n_after))
    n_after++;
  for (guint i = n_before; i < n_old - n_after; i++)
    remove_block (g_ptr_array_index (self->blocks, i));
  if (n_old > n_before + n_after)
    g_ptr_array_remove_range (self->blocks, n_before, n_old - n_before - n_after);
  for (guint i = n_before; i < n_new - n_after; i++)
    insert_block (self, i, new_block (self, stall_markdown_get_block (markdown, i)));
}

/* A picture may have come, or gone, while its block stayed the same. */
static void
show_pictures (StallMarkdownView *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const StallMarkdownBlock *block = stall_markdown_get_block (self->markdown, i);
      g_autofree char *digest = NULL;

      if (block->type != STALL_BLOCK_PICTURE)
        continue;
      digest = self->note != NULL ? stall_note_find_picture (self->note, block->target) : NULL;
      stall_thumbnail_set_digest (
          STALL_THUMBNAIL (gtk_widget_get_last_child (g_ptr_array_index (self->blocks, i))),
          digest);
    }
}

static void show_more (StallMarkdownView *self);

static void
more_cb (gpointer data)
{
  StallMarkdownView *self = data;

  self->more_source = 0;
  replace_blocks (self, self->markdown,
                  MIN (count_shown (self->markdown), self->blocks->len + STEP));
  show_pictures (self);
  show_more (self);
}

static void
show_more (StallMarkdownView *self)
{
  gboolean all = self->blocks->len == count_shown (self->markdown);

  g_clear_handle_id (&self->more_source, g_source_remove);
  if (!all)
    self->more_source = g_idle_add_once (more_cb, self);
  gtk_widget_set_visible (self->rest,
                          all && self->markdown != NULL
                              && (stall_markdown_get_n_blocks (self->markdown) > MAX_SHOWN
                                  || stall_markdown_get_truncated (self->markdown)));
}

static void
stall_markdown_view_dispose (GObject *object)
{
  StallMarkdownView *self = STALL_MARKDOWN_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->more_source, g_source_remove);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->blocks, 0);
  self->rest = NULL;
  g_clear_pointer (&self->markdown, stall_markdown_unref);
  g_clear_object (&self->note);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (stall_markdown_view_parent_class)->dispose (object);
}

static void
stall_markdown_view_finalize (GObject *object)
{
  g_ptr_array_unref (STALL_MARKDOWN_VIEW (object)->blocks);

  G_OBJECT_CLASS (stall_markdown_view_parent_class)->finalize (object);
}

static void
stall_markdown_view_class_init (StallMarkdownViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_markdown_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = stall_markdown_view_finalize;

  /**
   * StallMarkdownView::product-activated:
   * @self: the view
   * @product_id: "product:…"
   *
   * The person chose a product in the text.
   */
  signals[PRODUCT_ACTIVATED]
      = g_signal_new ("product-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, STALL_TYPE_COLUMN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "markdown");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ARTICLE);
}

static void
stall_markdown_view_init (StallMarkdownView *self)
{
  self->blocks = g_ptr_array_new ();
  self->rest
      = g_object_new (GTK_TYPE_LABEL, "label", _ ("The note goes on, but this preview ends here."),
                      "wrap", TRUE, "xalign", 0.f, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->rest, "dim-label");
  gtk_widget_set_parent (self->rest, GTK_WIDGET (self));
}

/**
 * stall_markdown_view_new:
 * @store: (nullable): the stall whose pictures and products are shown
 *
 * Returns: (transfer floating): a view that shows nothing
 */
GtkWidget *
stall_markdown_view_new (StallStore *store)
{
  StallMarkdownView *self = g_object_new (STALL_TYPE_MARKDOWN_VIEW, NULL);

  stall_markdown_view_set_store (self, store);
  return GTK_WIDGET (self);
}

/**
 * stall_markdown_view_set_store:
 * @self: a view that shows nothing yet
 * @store: (nullable): the stall whose pictures and products are shown
 */
void
stall_markdown_view_set_store (StallMarkdownView *self, StallStore *store)
{
  g_return_if_fail (STALL_IS_MARKDOWN_VIEW (self));
  g_return_if_fail (store == NULL || STALL_IS_STORE (store));

  g_set_object (&self->store, store);
}

/**
 * stall_markdown_view_show:
 * @self: a view with a store
 * @markdown: (nullable): what to show
 * @note: (nullable): the note whose attachments its pictures are
 */
void
stall_markdown_view_show (StallMarkdownView *self, StallMarkdown *markdown, StallNote *note)
{
  g_return_if_fail (STALL_IS_MARKDOWN_VIEW (self));
  g_return_if_fail (self->store != NULL);

  /* What is shown already is shown at once; a text that is new comes step by step. */
  replace_blocks (self, markdown, MIN (count_shown (markdown), MAX (self->blocks->len, STEP)));
  if (markdown != NULL)
    stall_markdown_ref (markdown);
  g_clear_pointer (&self->markdown, stall_markdown_unref);
  self->markdown = markdown;
  g_set_object (&self->note, note);
  show_pictures (self);
  show_more (self);
}
